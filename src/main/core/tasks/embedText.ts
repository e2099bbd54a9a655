import type { EmbedTextOutput } from '../ports/modelHostApi.ts';
import type { Embedder } from './loadEmbedder.ts';
import { createStageClock } from './stageClock.ts';

/** Words as one vector of unit length, in the space of the clips' vectors; null for words that the encoder never met. */
export async function embedText(embedder: Embedder, text: string): Promise<EmbedTextOutput> {
  const clock = createStageClock();
  if (!knowsItsWords(embedder, text)) return { vector: null, timings: clock.timings() };
  const tokenIds = await clock.time('tokenize', () => embedder.tokenizer.encodeWithSpecialTokens(text));
  const vector = await clock.time('text encoder', () => embedder.dualEncoder.embedTokens(tokenIds)); // (E)
  return { vector: [...vector], timings: clock.timings() };
}

/**
 * The encoder of the sample world places any letters somewhere near a shape. Its vocabulary holds every word of that
 * world as one token, so a word in pieces is a word from outside. An encoder of the web's captions knows pieces too.
 */
function knowsItsWords({ manifest, tokenizer }: Embedder, text: string): boolean {
  if (!manifest.isSampleModel) return true;
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.length > 0 && words.every((word) => tokenizer.encode(` ${word}`).length === 1);
}
