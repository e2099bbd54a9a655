/** Greedy CTC decoding of the recogniser's output, as PaddleOCR's CTCLabelDecode does it. */

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
  let text = '';
  let sum = 0;
  let count = 0;
  let previous = 0;
  for (let offset = 0; offset + classes <= probabilities.length; offset += classes) {
    const best = indexOfLargest(probabilities, offset, classes);
    if (best !== 0 && best !== previous) {
      text += characters[best] ?? '';
      sum += probabilities[offset + best] as number;
      count++;
    }
    previous = best;
  }
  return { text, confidence: count === 0 ? 0 : sum / count };
}

function indexOfLargest(values: Float32Array, offset: number, length: number): number {
  let best = 0;
  for (let i = 1; i < length; i++) {
    if ((values[offset + i] as number) > (values[offset + best] as number)) best = i;
  }
  return best;
}
