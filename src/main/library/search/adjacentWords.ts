/** Words that were asked for side by side mean more where they stand side by side: "red circle" is not "red square, blue circle". */
import type { ExpandedWord } from './expandWord.ts';
import type { FoundPlace } from './explainMatch.ts';

/** Two words of a question, the second typed right after the first. */
export type WordPair = readonly [ExpandedWord, ExpandedWord];

/** The share of the pairs that follow each other somewhere, 0 to 1; 0 for no pairs. */
export function shareOfAdjacentPairs(places: FoundPlace[], pairs: readonly WordPair[]): number {
  const kept = pairs.filter((pair) => places.some((place) => isTogether(place, pair)));
  return kept.length / Math.max(1, pairs.length);
}

function isTogether({ spans }: FoundPlace, [first, second]: WordPair): boolean {
  return spans.some(
    (one) => one.word === first && spans.some((other) => other.word === second && other.first === one.after),
  );
}
