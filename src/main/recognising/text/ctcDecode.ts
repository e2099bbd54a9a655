/**
 * Greedy CTC decoding of the recogniser's output, as PaddleOCR's CTCLabelDecode does it; but for spaces, which the
 * reader seldom gives: it thinks of one wherever there is a gap, and mostly prefers nothing (0.48 in "packs away",
 * below 0.05 between the letters of a word).
 */

/** A gap in which the reader thinks of a space as likely as this is one. */
const minSpace = 0.15;

export interface Reading {
  text: string;
  /** Mean probability of the characters, 0 to 1; 0 for no text. */
  confidence: number;
}

/**
 * @param probabilities steps * classes values; class 0 is the CTC blank.
 * @param characters one per class, `characters[0]` is never used.
 */
export function ctcDecode(probabilities: Float32Array, classes: number, characters: readonly string[]): Reading {
  const space = characters.lastIndexOf(' ');
  let thoughtOfSpace = 0;
  let text = '';
  let sum = 0;
  let count = 0;
  let previous = 0;
  for (let offset = 0; offset + classes <= probabilities.length; offset += classes) {
    const best = indexOfLargest(probabilities, offset, classes);
    if (space > 0) thoughtOfSpace = Math.max(thoughtOfSpace, probabilities[offset + space] as number);
    if (best !== 0 && best !== previous) {
      const character = characters[best] ?? '';
      if (thoughtOfSpace >= minSpace && isBetweenWords(text, character)) text += ' ';
      thoughtOfSpace = 0;
      text += character;
      sum += probabilities[offset + best] as number;
      count++;
    }
    previous = best;
  }
  return { text, confidence: count === 0 ? 0 : sum / count };
}

/** Letters or digits on both sides: behind an apostrophe or before a comma a gap is none. */
function isBetweenWords(before: string, after: string): boolean {
  return /[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(after);
}

function indexOfLargest(values: Float32Array, offset: number, length: number): number {
  let best = 0;
  for (let i = 1; i < length; i++) {
    if ((values[offset + i] as number) > (values[offset + best] as number)) best = i;
  }
  return best;
}
