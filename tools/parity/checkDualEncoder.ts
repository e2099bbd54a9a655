/** A whole dual encoder against the reference's vectors of pictures and texts. */
import { join } from 'node:path';
import { openDualEncoder } from '../../src/main/answering/model/dualEncoder.ts';
import { processImages } from '../../src/main/answering/preprocess/imageProcessor.ts';
import { readBundleManifest } from '../../src/main/models/bundleManifest.ts';
import { requireKind } from '../../src/main/models/kinds/bundleKinds.ts';
import type { CheckOptions } from './checkVideoLlama.ts';
import { compareProvider, compareTensor, type StageResult } from './compare.ts';
import { floats, framesOf, need, readExpectedTensors } from './expected.ts';

export async function* checkDualEncoder(options: CheckOptions): AsyncGenerator<StageResult> {
  const manifest = requireKind(await readBundleManifest(options.bundleFolder), 'dual-encoder', options.bundleFolder);
  const encoder = await openDualEncoder(options.bundleFolder, manifest, options);
  try {
    const tensors = await readExpectedTensors(join(options.checkpointFolder, 'expected.safetensors'));
    const compare = (name: string, ours: ArrayLike<number>) =>
      compareTensor(name, ours, floats(tensors, name), options.tolerance);
    const pixelValues = processImages(framesOf(tensors), manifest.preprocessing.vision);
    yield compare('pixel_values', pixelValues);
    yield compare(
      'image_embeds',
      (await encoder.embedImages(pixelValues)).flatMap((vector) => [...vector]),
    );

    const { shape, data } = need(tensors, 'input_ids');
    const [texts, length] = shape as [number, number];
    const embeds: number[] = [];
    for (let i = 0; i < texts; i++) {
      embeds.push(...(await encoder.embedTokens([...data.subarray(i * length, (i + 1) * length)])));
    }
    yield compare('text_embeds', embeds);
    yield compareProvider(encoder.provider, options.providers);
  } finally {
    await encoder.close();
  }
}
