/**
 * A text in the pieces of a SentencePiece vocabulary: the likeliest way to put it together of them (Viterbi).
 * Source: Kudo, Subword Regularization (arXiv 1804.10959), section 3.2.
 */

/** A piece and the logarithm of its probability, as a unigram vocabulary lists them; the first ones are marks. */
export type Vocabulary = readonly (readonly [piece: string, logProbability: number])[];

/** Unknown letters, and the beginning and the end of a sentence. */
const MARKS = 6;
const UNKNOWN = 0;
/** Worse than any piece that is known. */
const UNKNOWN_COST = -20;
/** Stands for a space, and in front of the text. */
const SPACE = '▁';

interface Step {
  score: number;
  id: number;
  from: number;
}

/** @returns a function that gives a text's ids in the vocabulary; neighbouring unknown letters are one */
export function splitter(vocabulary: Vocabulary): (text: string) => number[] {
  const ids = new Map(vocabulary.map(([piece], id) => [piece, id] as const));
  const longest = Math.max(...vocabulary.map(([piece]) => [...piece].length));

  function bestEnd(letters: readonly string[], steps: readonly Step[], end: number): Step {
    let best: Step = { score: (steps[end - 1] as Step).score + UNKNOWN_COST, id: UNKNOWN, from: end - 1 };
    for (let from = Math.max(0, end - longest); from < end; from++) {
      const id = ids.get(letters.slice(from, end).join(''));
      if (id === undefined || id < MARKS) continue;
      const score = (steps[from] as Step).score + (vocabulary[id]?.[1] as number);
      if (score >= best.score) best = { score, id, from };
    }
    return best;
  }

  return (text) => {
    const words = text.normalize('NFKC').trim().replace(/\s+/g, SPACE);
    if (words === '') return [];
    const letters = [...(SPACE + words)];
    const steps: Step[] = [{ score: 0, id: UNKNOWN, from: 0 }];
    for (let end = 1; end <= letters.length; end++) steps.push(bestEnd(letters, steps, end));
    return wayBack(steps);
  };
}

function wayBack(steps: readonly Step[]): number[] {
  const found: number[] = [];
  for (let at = steps.length - 1; at > 0; at = (steps[at] as Step).from) {
    const { id } = steps[at] as Step;
    if (id !== UNKNOWN || found.at(-1) !== UNKNOWN) found.push(id);
  }
  return found.reverse();
}
