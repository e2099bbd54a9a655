import type { Decoder } from './decoder.ts';

/**
 * Reads a prompt in chunks, so that other work of the process (a cancel above all) gets its turn between them.
 * @param inputsEmbeds (s, D), s at least 1
 * @returns logits (V) of the last position
 * @throws the reason of `signal`, between two chunks
 */
export async function prefillInChunks(
  decoder: Decoder,
  inputsEmbeds: Float32Array,
  options: { signal?: AbortSignal } = {},
): Promise<Float32Array> {
  const step = decoder.prefillChunk * decoder.hiddenSize;
  let logits: Float32Array = new Float32Array(0);
  for (let start = 0; start < inputsEmbeds.length; start += step) {
    options.signal?.throwIfAborted();
    logits = await decoder.prefill(inputsEmbeds.subarray(start, start + step)); // (<=chunk, D) -> (V)
  }
  return logits;
}
