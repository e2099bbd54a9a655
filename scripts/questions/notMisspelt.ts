import { errorsBetween, forgivenErrors } from '../../src/main/core/model/questions/spelling.ts';

/** The English words that lie so near to a known word that they would be taken for a misspelling of it. */
export function notMisspelt(known: ReadonlySet<string>, english: readonly string[]): string[] {
  const byLength = new Map<number, string[]>();
  for (const word of known) byLength.set(word.length, [...(byLength.get(word.length) ?? []), word]);
  return english.filter((word) => {
    const forgiven = forgivenErrors(word);
    if (forgiven === 0 || known.has(word)) return false;
    for (let length = word.length - forgiven; length <= word.length + forgiven; length++) {
      if (byLength.get(length)?.some((other) => errorsBetween(word, other, forgiven) <= forgiven)) return true;
    }
    return false;
  });
}
