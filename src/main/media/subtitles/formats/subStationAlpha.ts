/**
 * ASS and SSA: "Dialogue: 0,0:00:01.50,0:00:03.00,…". The Format line of [Events] names the fields; the last one
 * holds commas. Drawings ("{\p1}m 0 0 l 10 10") are no words.
 */
import type { CueFormat } from './cueReader.ts';
import { clockSeconds, lineReader } from './cueReader.ts';

export const subStationAlpha: CueFormat = (add) => {
  let fields = { count: 10, start: 1, end: 2 };
  let inEvents = false;

  function onDialogue(values: string): void {
    const parts = values.split(',');
    const spoken = parts.slice(fields.count - 1).join(',');
    if (/\{[^{}]*\\p[1-9]/.test(spoken)) return;
    add({
      startSec: clockSeconds(parts[fields.start]?.trim() ?? ''),
      endSec: clockSeconds(parts[fields.end]?.trim() ?? ''),
      text: spoken.replace(/\\[Nn]/g, '\n').replace(/\\h/g, ' '),
    });
  }

  return lineReader((line) => {
    if (/^\s*\[/.test(line)) inEvents = /^\s*\[events\]/i.test(line);
    const [, key, values = ''] = /^\s*(Format|Dialogue)\s*:(.*)$/i.exec(line) ?? [];
    if (!inEvents || key === undefined) return;
    if (key.toLowerCase() === 'dialogue') return onDialogue(values.trimStart());
    const names = values.split(',').map((name) => name.trim().toLowerCase());
    fields = { count: names.length, start: names.indexOf('start'), end: names.indexOf('end') };
  });
};
