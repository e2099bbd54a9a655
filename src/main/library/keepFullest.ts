/**
 * A library that has lost much of the person's words goes on being copied every day. So that the copies of before are
 * not rotated away meanwhile, they are set aside for a month, and this is said once.
 */
import { readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readCopy } from './readCopy.ts';

/** A copy that holds less than this share of what another one holds has lost something. */
const MUCH_LESS = 0.9;
/** Characters: a few lines more or less are no reason to say anything. */
const WORTH_TELLING = 200;
const KEPT_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Compares the newest copy with the earlier ones. Gives what the person should know, in words. */
export function keepFullest(folder: string, newest: string, copies: string[]): string[] {
  forgetKept(folder);
  const words = readCopy(newest)?.words ?? 0;
  const fuller = copies
    .filter((copy) => copy !== newest)
    .map((copy) => ({ copy, words: readCopy(copy)?.words ?? 0 }))
    .filter((earlier) => words < earlier.words * MUCH_LESS && earlier.words - words >= WORTH_TELLING)
    .sort((a, b) => b.words - a.words);
  const kept = fuller.map(({ copy }) => setAsideForAMonth(folder, copy));
  const fullest = fuller[0];
  if (!fullest) return [];
  const until = new Date(Date.now() + KEPT_DAYS * DAY_MS).toISOString().slice(0, 10);
  return [
    `Your library holds much less than a copy of it (${words} of ${fullest.words} letters of your conversations), and you did not delete them. The copy is kept until ${until}: ${kept[0]}. \`playhead restore\` brings it back.`,
  ];
}

function setAsideForAMonth(folder: string, copy: string): string {
  const kept = join(folder, `kept-${basename(copy)}`);
  renameSync(copy, kept);
  utimesSync(kept, new Date(), new Date());
  return kept;
}

/** After a month, what was set aside goes. */
function forgetKept(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (!/^kept-library-.*\.sqlite$/.test(name)) continue;
    if (Date.now() - statSync(file).mtimeMs > KEPT_DAYS * DAY_MS) rmSync(file, { force: true });
  }
}
