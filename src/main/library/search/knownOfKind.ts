/** Of all the things of a kind, those that the index speaks of. */
import type { ReadableDatabase } from '../driver.ts';
import { namesOfKind } from './kindsOfThings.ts';
import { knownWords } from './vocabulary.ts';
import { formsOf } from './wordForms.ts';
import { wordsOf } from './words.ts';

/** A question in all these words costs time, and few files speak of so many. */
const MOST = 60;

/** Reads. Folded names, one or two words each, of which every word stands in the index; also more than one of them. */
export function knownOfKind(db: ReadableDatabase, name: string): string[][] {
  const names = [name, ...singularsOf(name)].flatMap(namesOfKind).map(wordsOf);
  if (names.length === 0) return [];
  const all = [...names, ...names.flatMap(inPlural)];
  const known = knownWords(db, new Set(all.flat()));
  return all.filter((terms) => terms.every((term) => known.has(term))).slice(0, MOST);
}

/** "musical instruments" -> "musical instrument"; forms of verbs are left out. */
function singularsOf(name: string): string[] {
  if (!name.endsWith('s')) return [];
  const [, before = '', last = ''] = /^(.* )?(.+)$/.exec(name) ?? [];
  const shorter = formsOf(last).filter((form) => form.length < last.length && last.startsWith(form.slice(0, -1)));
  return shorter.map((form) => before + form);
}

export function inPlural(terms: readonly string[]): string[][] {
  const plural = formsOf(terms.at(-1) as string).filter((form) => form.endsWith('s'));
  return plural.map((form) => [...terms.slice(0, -1), form]);
}
