/** SubRip and WebVTT: a line with an arrow, then lines of text. */
import type { Segment } from '../../../../contract/index.ts';
import type { CueFormat } from './cueReader.ts';
import { clockSeconds, lineReader } from './cueReader.ts';

const TIME = String.raw`((?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,:]\d{1,9})?)`;
const ARROW = new RegExp(`^${TIME}-{1,2}>${TIME}`);

/** An empty line does not end the text, since people leave some inside it; the number of the next cue is no text. */
export const subRip: CueFormat = (add) => arrowCues(add, false);

/** An empty line ends the text: notes and styles may follow. */
export const webVtt: CueFormat = (add) => arrowCues(add, true);

function arrowCues(add: Parameters<CueFormat>[0], emptyLineEnds: boolean): ReturnType<CueFormat> {
  let current: (Segment & { lines: string[] }) | undefined;

  function finish(isFollowed: boolean): void {
    if (current === undefined) return;
    const { startSec, endSec, lines } = current;
    while (lines.at(-1) === '') lines.pop();
    if (isFollowed && /^\d+$/.test(lines.at(-1) ?? '')) lines.pop(); // the number of the cue that follows
    add({ startSec, endSec, text: lines.join('\n') });
    current = undefined;
  }

  function onLine(raw: string): void {
    const line = raw.trim();
    const times = line.includes('->') ? ARROW.exec(line.replace(/\s+/g, '')) : null;
    if (times !== null) {
      finish(!emptyLineEnds);
      current = { startSec: clockSeconds(times[1] as string), endSec: clockSeconds(times[2] as string), lines: [] };
    } else if (line === '' && emptyLineEnds) finish(false);
    else current?.lines.push(line);
  }
  return lineReader(onLine, () => finish(false));
}
