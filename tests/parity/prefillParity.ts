/** A question's prefill as the reference laid it out: text and features spliced, through the decoder in chunks. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openLanguageModel } from '../../src/main/answering/model/decoder.ts';
import { toFloats } from '../../src/main/importing/checkpoint/storedTensor.ts';
import type { VideoLlamaManifest } from '../../src/main/models/bundleManifest.ts';
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

/** Logits (1, V) of the last position after prefilling in chunks of so many positions. */
export async function prefill(
  bundle: string,
  manifest: VideoLlamaManifest,
  embeds: Float32Array<ArrayBuffer>,
  chunk: number,
): Promise<Values> {
  const { hiddenSize, vocabSize } = manifest.architecture.language;
  const model = await openLanguageModel(bundle, manifest, { providers: ['cpu'], threads: 2 });
  const decoder = model.continueFrom(model.newCache());
  try {
    let logits = new Float32Array();
    for (let start = 0; start < embeds.length; start += chunk * hiddenSize)
      logits = Float32Array.from(await decoder.prefill(embeds.subarray(start, start + chunk * hiddenSize)));
    return { data: logits, dims: [1, vocabSize] };
  } finally {
    await model.close();
  }
}
