/** TTML (and its profiles DFXP, IMSC, EBU-TT): `<p begin="00:00:01.5" end="2s">Hello<br/>you</p>`. */
import type { Cue, CueFormat } from './cueReader.ts';
import { clockSeconds, tagReader } from './cueReader.ts';

interface Rates {
  frame: number;
  tick: number;
}

/** Text belongs to the innermost open element that has times. */
export const timedText: CueFormat = (add, { fps }) => {
  const rates: Rates = { frame: fps > 0 ? fps : 30, tick: 1 };
  const open: (Cue | null)[] = [];
  const timed: Cue[] = [];

  function onTag(tag: string): void {
    const [, slash, name = ''] = /^(\/?)(?:[\w-]+:)?([\w-]+)/.exec(tag) ?? [];
    if (name === 'br') onText('\n');
    else if (slash) close();
    else if (name !== '') onOpen(name, tag); // anything else is a comment or declaration
  }

  function onOpen(name: string, tag: string): void {
    const attributes = attributesOf(tag);
    rates.frame = Number(attributes.frameRate) || rates.frame;
    rates.tick = Number(attributes.tickRate) || rates.tick;
    const isTimed = (name === 'p' || name === 'span') && attributes.begin !== undefined;
    const cue = isTimed ? timesOf(attributes, rates) : null;
    open.push(cue);
    if (cue) timed.push(cue);
    if (tag.endsWith('/')) close();
  }

  function close(): void {
    if (open.pop()) add(timed.pop() as Cue);
  }

  function onText(text: string): void {
    const cue = timed.at(-1);
    if (cue && cue.text.length < 10_000) cue.text += text;
  }
  return tagReader(onTag, onText);
};

/** By their names without a prefix. */
function attributesOf(tag: string): Record<string, string> {
  const pairs = tag.matchAll(/(?:^|\s)(?:[\w-]+:)?([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return Object.fromEntries([...pairs].map(([, name, double, single]) => [name, double ?? single ?? '']));
}

function timesOf(attributes: Record<string, string>, rates: Rates): Cue {
  const startSec = timeSeconds(attributes.begin ?? '', rates);
  const lengthSec = timeSeconds(attributes.dur ?? '', rates);
  const endSec = attributes.end === undefined ? startSec + lengthSec : timeSeconds(attributes.end, rates);
  return { startSec, endSec, text: '' };
}

/** "00:00:01.500", "00:00:01:12" (frames), "1.5s", "1500ms", "36f", "15000000t" */
function timeSeconds(time: string, rates: Rates): number {
  const [, clock, frames] = /^(\d+:\d+:\d+):(\d+(?:\.\d+)?)$/.exec(time.trim()) ?? [];
  if (clock !== undefined) return clockSeconds(clock) + Number(frames) / rates.frame;
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(h|m|s|ms|f|t)$/.exec(time.trim()) ?? [];
  if (amount === undefined) return clockSeconds(time.trim());
  const units: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001, f: 1 / rates.frame, t: 1 / rates.tick };
  return Number(amount) * (units[unit] ?? 1);
}
