import type { EmbedOutput } from '../ports/modelHostApi.ts';
import type { Embedder } from './loadEmbedder.ts';
import { createStageClock } from './stageClock.ts';

/** Words as one vector of unit length, in the space of the clips' vectors. */
export async function embedText(embedder: Embedder, text: string): Promise<EmbedOutput> {
  const clock = createStageClock();
  const tokenIds = await clock.time('tokenize', () => embedder.tokenizer.encodeWithSpecialTokens(text));
  const vector = await clock.time('text encoder', () => embedder.dualEncoder.embedTokens(tokenIds)); // (E)
  return { vector: [...vector], timings: clock.timings() };
}
