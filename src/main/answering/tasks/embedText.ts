import type { EmbedTextOutput } from '../../ports/modelHostApi.ts';
import { Stopwatch } from '../../ports/stopwatch.ts';
import { readSearch } from '../model/questions/searchWords.ts';
import type { Embedder } from './loadEmbedder.ts';

/** Words as one vector of unit length, in the space of the clips' vectors; null for words that the encoder never met. */
export async function embedText(embedder: Embedder, text: string): Promise<EmbedTextOutput> {
  const clock = new Stopwatch();
  const asked = inItsWords(embedder, text);
  if (asked === null) return { vector: null, timings: clock.timings };
  const tokenIds = await clock.time('tokenize', () => embedder.tokenizer.encodeWithSpecialTokens(asked));
  const vector = await clock.time('text encoder', () => embedder.dualEncoder.embedTokens(tokenIds)); // (E)
  return { vector: [...vector], timings: clock.timings };
}

/**
 * The encoder of the sample world places any letters somewhere near a shape, so it is asked only about what is seen
 * there, and in words that it met: as they were typed, or told again ("crimson disc": "red circle").
 */
function inItsWords(embedder: Embedder, text: string): string | null {
  if (!embedder.manifest.isSampleModel) return text;
  if (embedder.questions === null) return knowsItsWords(embedder, text) ? text : null;
  const { isSeen, asked } = readSearch(text, embedder.questions);
  const wordings = isSeen ? [text, asked] : [];
  return wordings.find((wording) => wording !== null && knowsItsWords(embedder, wording)) ?? null;
}

/**
 * Its vocabulary holds every word of its world as one token, so a word in pieces is a word from outside. An encoder of
 * the web's captions knows pieces too.
 */
function knowsItsWords({ tokenizer }: Embedder, text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.length > 0 && words.every((word) => tokenizer.encode(` ${word}`).length === 1);
}
