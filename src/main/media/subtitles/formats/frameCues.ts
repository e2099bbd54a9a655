/** MicroDVD counts frames ("{25}{75}Hello|you"), MPL2 tenths of a second ("[10][30]Hello|/you"). */
import type { CueFormat } from './cueReader.ts';
import { lineReader } from './cueReader.ts';

/** Films on disc, for which this format was made; taken where neither the file nor the video says. */
const USUAL_FPS = 23.976;

export const microDvd: CueFormat = (add, { fps }) => {
  let rate = fps > 0 ? fps : USUAL_FPS;
  return lineReader((line) => {
    const [, start, end, text = ''] = /^\s*\{(\d{1,9})\}\{(\d{1,9})\}(.*)$/.exec(line) ?? [];
    if (start === undefined || end === undefined) return;
    const told = Number(text.trim().replace(',', '.'));
    if (Number(start) <= 1 && told > 5 && told < 250)
      rate = told; // the first line may tell the rate
    else add({ startSec: Number(start) / rate, endSec: Number(end) / rate, text: withLines(text) });
  });
};

export const mpl2: CueFormat = (add) =>
  lineReader((line) => {
    const [, start, end, text = ''] = /^\s*\[(\d{1,9})\]\[(\d{1,9})\](.*)$/.exec(line) ?? [];
    if (start === undefined || end === undefined) return;
    const words = withLines(text.replace(/(^|\|)\//g, '$1')); // a slash makes a line italic
    add({ startSec: Number(start) / 10, endSec: Number(end) / 10, text: words });
  });

function withLines(text: string): string {
  return text.replaceAll('|', '\n');
}
