/** LRC, the lyrics of songs: "[00:12.00][00:45.30]Hello", a line lasts until the next one. */
import type { CueFormat } from './cueReader.ts';
import { clockSeconds, lineReader } from './cueReader.ts';

/** Seconds; a line that nothing follows, or only after an interlude, is not sung for longer. */
const LONGEST_LINE_SEC = 10;

export const lyrics: CueFormat = (add) => {
  const sung: { startSec: number; text: string }[] = [];
  let offsetSec = 0;

  function onLine(line: string): void {
    const [, offset] = /^\s*\[offset:\s*([+-]?\d{1,9})\s*\]/i.exec(line) ?? [];
    if (offset !== undefined) offsetSec = Number(offset) / 1000;
    const [stamps = ''] = /^\s*(?:\[\d{1,4}:\d{1,2}(?:[.:]\d{1,3})?\]\s*)+/.exec(line) ?? [];
    const text = line.slice(stamps.length).replace(/<\d{1,4}:\d{1,2}(?:[.:]\d{1,3})?>/g, ' '); // times of single words
    for (const [, time = ''] of stamps.matchAll(/\[([^[\]]*)\]/g)) sung.push({ startSec: clockSeconds(time), text });
  }

  function onEnd(): void {
    sung.sort((a, b) => a.startSec - b.startSec);
    for (const [i, { startSec, text }] of sung.entries()) {
      const nextSec = sung[i + 1]?.startSec ?? Number.POSITIVE_INFINITY;
      const endSec = Math.min(nextSec, startSec + LONGEST_LINE_SEC);
      add({ startSec: Math.max(0, startSec - offsetSec), endSec: endSec - offsetSec, text });
    }
  }
  return lineReader(onLine, onEnd);
};
