import { errorsBetween, forgivenErrors } from '../../src/main/answering/model/questions/spelling.ts';

/**
 * The English words that lie so near to a known word that they would be taken for a misspelling of it. Two words that
 * lie near each other are alike once each has lost a letter or two, so only such pairs are compared.
 */
export function notMisspelt(known: ReadonlySet<string>, english: readonly string[]): string[] {
  const byRemains = new Map<string, string[]>();
  for (const word of known) {
    for (const remains of remainsOf(word, 2)) byRemains.set(remains, [...(byRemains.get(remains) ?? []), word]);
  }
  return english.filter((word) => {
    const forgiven = forgivenErrors(word);
    if (forgiven === 0 || known.has(word)) return false;
    const isNear = (other: string) => errorsBetween(word, other, forgiven) <= forgiven;
    return [...remainsOf(word, forgiven)].some((remains) => byRemains.get(remains)?.some(isNear));
  });
}

/** The word and all that is left of it without at most so many letters. */
function remainsOf(word: string, most: number): Set<string> {
  const remains = new Set([word]);
  if (most === 0) return remains;
  for (let at = 0; at < word.length; at++) {
    for (const rest of remainsOf(word.slice(0, at) + word.slice(at + 1), most - 1)) remains.add(rest);
  }
  return remains;
}
