/** SAMI: `<SYNC Start=1000><P Class=ENCC>Hello`; a text stays until the next one, `&nbsp;` clears the screen. */
import type { Cue, CueFormat } from './cueReader.ts';
import { tagReader } from './cueReader.ts';

/** Seconds that the last text of a file is shown. */
const LAST_CUE_SEC = 5;

export const sami: CueFormat = (add) => {
  let current: Cue | undefined;

  function finish(endSec: number): void {
    if (current !== undefined) add({ ...current, endSec });
  }
  function onTag(tag: string): void {
    if (/^\/?br\b/i.test(tag)) onText('\n');
    const [, start] = /^sync\b.*?\bstart\s*=\s*["']?(\d{1,12})/i.exec(tag) ?? [];
    if (start === undefined) return;
    const startSec = Number(start) / 1000;
    finish(startSec);
    current = { startSec, endSec: startSec, text: '' };
  }
  function onText(text: string): void {
    if (current !== undefined && current.text.length < 10_000) current.text += text;
  }
  return tagReader(onTag, onText, () => finish((current?.startSec ?? 0) + LAST_CUE_SEC));
};
