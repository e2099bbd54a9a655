/** FTS5 expressions, made of quoted words alone. */
import { columnNamed, type WordColumnName, wordColumnNames } from '../../../contract/index.ts';
import type { Alternative } from './expandWord.ts';
import { isUnspacedScript } from './words.ts';

/** Finds rows that hold every one of the groups. */
export function allOf(groups: Alternative[][], inside: InsideColumns): string {
  return groups.map((group) => `(${anyOf([group], inside)})`).join(' AND ');
}

/** Where one word may be found inside another: elsewhere, "train" is no answer to "rain". Null: everywhere. */
export type InsideColumns = readonly WordColumnName[] | null;

/** Of the words of segments: on-screen text, where readers glue words together. */
export const gluedColumns: InsideColumns = wordColumnNames.filter((name) => columnNamed(name).isGlued);

/** Finds rows that hold any alternative of any group. */
export function anyOf(groups: Alternative[][], inside: InsideColumns): string {
  return groups
    .flat()
    .map((alternative) => {
      const phrase = `"${alternative.terms.join(' ')}"`;
      return inside !== null && isBound(alternative) ? `{${inside.join(' ')}} : ${phrase}` : phrase;
    })
    .join(' OR ');
}

/** True when the alternative counts only in texts whose words may be glued (on-screen text and file names). */
export function isBound(alternative: Alternative): boolean {
  return alternative.likeness === 'inside' && !isUnspacedScript(alternative.terms[0] as string);
}
