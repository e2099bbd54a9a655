/** A question's prefill as the reference laid it out: text and features spliced, through the decoder in chunks. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { VideoLlamaManifest } from '../../src/main/core/model/bundleManifest.ts';
import { toFloats } from '../../src/main/importer/checkpoint/storedTensor.ts';
import type { Values } from './graphParity.ts';

/** Placeholders of the reference stand for image, video and audio features. */
const isPlaceholder = (id: number) => id < 0;

/** Token embeddings with the features in the placeholder's place: (s, D). */
export async function spliceEmbeddings(
  bundle: string,
  manifest: VideoLlamaManifest,
  inputIds: number[],
  features: Values[],
): Promise<Float32Array<ArrayBuffer>> {
  const { file, columns, dtype } = manifest.tokenEmbeddings;
  const table = toFloats(new Uint8Array(await readFile(join(bundle, file))), dtype === 'f32' ? 'F32' : 'F16');
  const parts = inputIds.flatMap((id) =>
    isPlaceholder(id) ? features.map(({ data }) => data) : [table.subarray(id * columns, (id + 1) * columns)],
  );
  const embeds = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    embeds.set(part, at);
    at += part.length;
  }
  return embeds;
}

/** Logits of the last position after prefilling in chunks, with a shared buffer as the cache or a growing one. */
export async function prefill(
  bundle: string,
  manifest: VideoLlamaManifest,
  embeds: Float32Array<ArrayBuffer>,
  chunk: number,
  cache: 'shared' | 'growing',
): Promise<Values> {
  const { hiddenSize, layers, kvHeads, headDim } = manifest.architecture.language;
  const length = embeds.length / hiddenSize;
  const session = await InferenceSession.create(join(bundle, manifest.graphs.decoder.file), { intraOpNumThreads: 2 });
  const parts = Array.from({ length: layers }, (_, i) => [`${i}.key`, `${i}.value`]).flat();
  const capacity = cache === 'shared' ? length + 3 : 0;
  const kv = new Map<string, Tensor>(
    parts.map((part) => [
      part,
      new Tensor('float32', new Float32Array(kvHeads * capacity * headDim), [1, kvHeads, capacity, headDim]),
    ]),
  );
  try {
    let logits: Values = { data: new Float32Array(), dims: [] };
    for (let start = 0; start < length; start += chunk) {
      const end = Math.min(length, start + chunk);
      const feeds: Record<string, Tensor> = {
        inputs_embeds: new Tensor('float32', embeds.slice(start * hiddenSize, end * hiddenSize), [
          1,
          end - start,
          hiddenSize,
        ]),
        seqlens_k: new Tensor('int32', new Int32Array([end - 1]), [1]),
        total_sequence_length: new Tensor('int32', new Int32Array([end]), []),
      };
      for (const [part, tensor] of kv) feeds[`past_key_values.${part}`] = tensor;
      const fetches: Record<string, Tensor | null> = { logits: null };
      for (const [part, tensor] of kv) fetches[`present.${part}`] = cache === 'shared' ? tensor : null;
      const outputs = await session.run(feeds, fetches);
      if (cache === 'growing') for (const part of parts) kv.set(part, outputs[`present.${part}`] as Tensor);
      logits = { data: outputs.logits?.data as Float32Array<ArrayBuffer>, dims: [...(outputs.logits?.dims ?? [])] };
    }
    return logits;
  } finally {
    await session.release();
  }
}
