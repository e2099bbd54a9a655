/** What every subtitle format is read with: text goes in piece by piece, cues come out. All of it is linear. */

import type { Segment } from '../../../../contract/index.ts';

export interface Cue extends Segment {
  text: string;
}

export interface CueReader {
  /** The next piece of the file, with line breaks as "\n". */
  write(text: string): void;
  end(): void;
}

export interface CueOptions {
  /** Frames per second of the video, for formats that count frames; 0 when unknown. */
  fps: number;
}

/** Makes a reader that hands every cue to `add`; a cue's text may hold markup of {@link plainText}. */
export type CueFormat = (add: (cue: Cue) => void, options: CueOptions) => CueReader;

/** Characters; what is longer is no line that anyone reads. */
const LONGEST_LINE = 4000;
const LONGEST_CUE = 2000;

/** A reader that hears each line once, cut at {@link LONGEST_LINE} characters. */
export function lineReader(onLine: (line: string) => void, onEnd: () => void = () => {}): CueReader {
  let rest = '';
  return {
    write(text) {
      const lines = (rest + text).split('\n');
      rest = (lines.pop() ?? '').slice(0, LONGEST_LINE);
      for (const line of lines) onLine(line.slice(0, LONGEST_LINE));
    },
    end() {
      if (rest !== '') onLine(rest);
      onEnd();
    },
  };
}

/** Characters of a tag with the text behind it; a cue needs far less. */
const LONGEST_PIECE = 20_000;

/**
 * A reader of marked-up text that hears each tag without its brackets ("p begin=\"1s\"", "/p", "br/") and each text.
 * Nothing is nested here: a file of opening tags costs no more than any other.
 */
export function tagReader(onTag: (tag: string) => void, onText: (text: string) => void, onEnd = () => {}): CueReader {
  let piece = '>'; // as if a tag had just ended

  function flush(): void {
    const close = piece.indexOf('>');
    if (close < 0) return;
    if (close > 0) onTag(piece.slice(0, Math.min(close, LONGEST_LINE)));
    if (close + 1 < piece.length) onText(piece.slice(close + 1));
  }
  return {
    write(text) {
      for (const [i, part] of text.split('<').entries()) {
        if (i > 0) {
          flush();
          piece = '';
        }
        piece = (piece + part).slice(0, LONGEST_PIECE);
      }
    },
    end() {
      flush();
      onEnd();
    },
  };
}

/** "1:02:03,5", "02:03.500", "00:00:01:500" -> seconds; not a number where it is no time. */
export function clockSeconds(time: string): number {
  const [, clock = '', fraction = '0'] = /^((?:\d+:)?\d+:\d+)(?:[.,:](\d+))?$/.exec(time) ?? [];
  const whole = clock.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0);
  return clock === '' ? Number.NaN : whole + Number(`0.${fraction}`);
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lrm: '',
  rlm: '',
};

/**
 * Takes away tags ("<i>", "<v Bob>"), ASS overrides ("{\an8}") and entities; lines become one. No pattern looks
 * past the next opening bracket, so that a text of brackets costs no more than any other.
 */
export function plainText(text: string): string {
  return text
    .slice(0, LONGEST_CUE)
    .replace(/\{[^{}]*\}/g, '')
    .replace(/<\/?[a-zA-Z0-9:][^<>]*>/g, '')
    .replace(
      /&(#\d{1,7}|#x[\da-f]{1,6}|\w{1,8});/gi,
      (whole, name: string) => ENTITIES[name.toLowerCase()] ?? fromNumber(name) ?? whole,
    )
    .replace(/\s+/g, ' ')
    .trim();
}

function fromNumber(name: string): string | undefined {
  if (!name.startsWith('#')) return undefined;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
