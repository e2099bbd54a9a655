/** Positions that every provider reads rightly in one run, as far as is known. */
export const SAFE_CHUNK = 16;

/** Long enough for a provider's kernels for long prompts: ONNX Runtime's WebGPU ones begin at 32 positions. */
const PROBE_POSITIONS = 64;

/** Of the largest logit; numbers that really differ differ by far more. */
const TOLERANCE = 5e-3;

/**
 * Does a provider read many positions at once as it reads a few at a time? On some graphics drivers it does not:
 * the flash attention of ONNX Runtime 1.30 gives wrong numbers, without any error, on SwiftShader
 * (compare microsoft/onnxruntime issues 26064 and 28520). Both readings are done on the provider itself.
 * @param read runs (s, D) embeddings as one prompt in chunks of so many positions, and gives the last logits (V)
 */
export async function readsManyPositionsRightly(
  hiddenSize: number,
  read: (inputsEmbeds: Float32Array, chunk: number) => Promise<Float32Array>,
): Promise<boolean> {
  const inputsEmbeds = Float32Array.from({ length: PROBE_POSITIONS * hiddenSize }, (_, i) => Math.sin(i * 1.7) / 10);
  const atOnce = await read(inputsEmbeds, PROBE_POSITIONS);
  const inSteps = await read(inputsEmbeds, SAFE_CHUNK);
  let largest = 0;
  let difference = 0;
  for (let id = 0; id < inSteps.length; id++) {
    largest = Math.max(largest, Math.abs(inSteps[id] as number));
    difference = Math.max(difference, Math.abs((inSteps[id] as number) - (atOnce[id] as number)));
  }
  return difference <= TOLERANCE * largest;
}
