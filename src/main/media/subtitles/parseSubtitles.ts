/**
 * Subtitle text to cues, forgiving as players are. Every format is read in one pass; between pieces the thread is
 * free for others, and the signal is heard, so that no file can hold up the program.
 */
import { setImmediate } from 'node:timers/promises';
import { subRip, webVtt } from './formats/arrowCues.ts';
import { commaCues } from './formats/commaCues.ts';
import type { Cue, CueFormat, CueOptions } from './formats/cueReader.ts';
import { plainText } from './formats/cueReader.ts';
import { microDvd, mpl2 } from './formats/frameCues.ts';
import { lyrics } from './formats/lyrics.ts';
import { sami } from './formats/sami.ts';
import { subStationAlpha } from './formats/subStationAlpha.ts';
import { timedText } from './formats/timedText.ts';

/** What a file holds by its name (the endings of `fileTypes.ts`), where its beginning does not tell. */
export const FORMATS: Record<string, CueFormat> = {
  '.srt': subRip,
  '.vtt': webVtt,
  '.ass': subStationAlpha,
  '.ssa': subStationAlpha,
  '.sbv': commaCues,
  '.sub': commaCues,
  '.smi': sami,
  '.sami': sami,
  '.ttml': timedText,
  '.dfxp': timedText,
  '.itt': timedText,
  '.mpl': mpl2,
  '.lrc': lyrics,
};

/** What a file holds by its beginning, which is right more often than its name. */
const SIGNATURES: [RegExp, CueFormat][] = [
  [/^\s*WEBVTT/, webVtt],
  [/^\s*\[Script Info\]/i, subStationAlpha],
  [/^\s*<SAMI/i, sami],
  [/^\s*(<\?xml[^<>]*>\s*)?(<!--[^<>]*>\s*)?<([\w-]+:)?tt[\s>]/i, timedText],
  [/^\s*\{\d+\}\{\d+\}/, microDvd],
  [/^\s*\[\d+\]\[\d+\]/, mpl2],
];

/** Characters of one piece: a few milliseconds of work. */
const PIECE = 2 ** 17;
/** Far more than a day of talk. */
export const MOST_CUES = 200_000;

export interface ParseOptions extends Partial<CueOptions> {
  signal?: AbortSignal;
}

/**
 * @param extension lower case, with its dot: one of those that {@link FORMATS} has
 * @returns cues in time order, without markup; empty cues and those behind the first 200,000 are left out, and
 *   what is shown again without a pause (frame by frame, as effects do) is one cue
 */
export async function parseSubtitles(content: string, extension: string, options: ParseOptions = {}): Promise<Cue[]> {
  const { signal, fps = 0 } = options;
  const cues: Cue[] = [];
  const add = (cue: Cue) => {
    if (cues.length >= MOST_CUES || !(cue.endSec > cue.startSec)) return;
    const text = plainText(cue.text);
    if (text !== '') cues.push({ ...cue, text });
  };
  const reader = formatOf(content.slice(0, 1000), extension)(add, { fps });
  for (let at = 0, end = 0; at < content.length; at = end) {
    signal?.throwIfAborted();
    end = at + PIECE;
    if (content[end - 1] === '\r') end++; // never between "\r" and "\n"
    reader.write(content.slice(at, end).replace(/\r\n?/g, '\n'));
    await setImmediate();
  }
  reader.end();
  return joinRepeats(cues.sort((a, b) => a.startSec - b.startSec));
}

function formatOf(head: string, extension: string): CueFormat {
  return SIGNATURES.find(([pattern]) => pattern.test(head))?.[1] ?? FORMATS[extension] ?? subRip;
}

/** @param cues in time order */
function joinRepeats(cues: Cue[]): Cue[] {
  const lastOf = new Map<string, Cue>();
  return cues.filter((cue) => {
    const last = lastOf.get(cue.text);
    if (last !== undefined && cue.startSec <= last.endSec + 0.1) {
      last.endSec = Math.max(last.endSec, cue.endSec);
      return false;
    }
    lastOf.set(cue.text, cue);
    return true;
  });
}
