/** SubViewer ("00:00:01.00,00:00:02.00", then a line with "[br]") and YouTube's SBV (then lines up to an empty one). */
import type { Cue, CueFormat } from './cueReader.ts';
import { clockSeconds, lineReader } from './cueReader.ts';

const TIMES = /^\s*(\d{1,4}:\d{1,2}:\d{1,2}(?:[.,]\d{1,9})?)\s*,\s*(\d{1,4}:\d{1,2}:\d{1,2}(?:[.,]\d{1,9})?)\s*$/;

export const commaCues: CueFormat = (add) => {
  let current: Cue | undefined;
  const finish = () => {
    if (current !== undefined) add(current);
    current = undefined;
  };
  return lineReader((line) => {
    const [, start, end] = TIMES.exec(line) ?? [];
    if (start !== undefined && end !== undefined) {
      finish();
      current = { startSec: clockSeconds(start), endSec: clockSeconds(end), text: '' };
    } else if (line.trim() === '') finish();
    else if (current !== undefined) current.text += `\n${line.replace(/\[br\]/gi, '\n')}`;
  }, finish);
};
