import type { Decoder } from './decoder.ts';
import { logitsProcessors } from './processors.ts';
import { samplerFor } from './sampler.ts';
import type { GenerationSettings } from './settings.ts';

export type TokenStop = 'eos' | 'length';

/**
 * Generation as a loop that yields: each new token id as soon as it is chosen, and at the end why it stopped.
 * The end-of-sequence token is not yielded. A consumer that leaves the loop early costs no further run.
 * @throws the reason of `signal`, between two steps
 * @param firstLogits (V) of the prompt's last position, from `prefill`; not changed
 */
export async function* generateTokens(
  decoder: Decoder,
  firstLogits: Float32Array,
  settings: GenerationSettings,
  signal?: AbortSignal,
): AsyncGenerator<number, TokenStop, void> {
  const processors = logitsProcessors(settings);
  const sample = samplerFor(settings);
  const newTokenIds: number[] = [];
  let logits: Float32Array = firstLogits.slice(); // processors write into it
  while (newTokenIds.length < settings.maxNewTokens) {
    signal?.throwIfAborted();
    for (const process of processors) process(logits, newTokenIds);
    const tokenId = sample(logits);
    if (settings.eosTokenIds.includes(tokenId)) return 'eos';
    newTokenIds.push(tokenId);
    yield tokenId;
    // Past the limit, the next logits would be computed for nothing; past the model's room, they cannot be.
    if (newTokenIds.length === settings.maxNewTokens || decoder.length >= decoder.maxLength) break;
    signal?.throwIfAborted();
    logits = await decoder.decodeStep(tokenId);
  }
  return 'length';
}
