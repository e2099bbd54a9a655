/** Models of random weights that the benches need, written when they are not there yet. */
import { rename, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { languageAlone, mediumSizes, towerAlone, trueSizes, withLayers } from '../tools/trueSizeCheckpoint/shapes.ts';
import { writeRandomBundle } from '../tools/trueSizeCheckpoint/writeRandomBundle.ts';
import { writeRandomCheckpoint } from '../tools/trueSizeCheckpoint/writeRandomCheckpoint.ts';

export interface TrueSizeBundle {
  bundleFolder: string;
  /** 28 in VideoLLaMA2.1-7B-AV. */
  layers: number;
  /** Values that share a scale. */
  blockSize: number;
}

const tokenizerFolder = fileURLToPath(new URL('../tests/fixtures/parity/qwen2-siglip-stc35-beats/', import.meta.url));

/** Writes a language model of true shapes in int4, unless there is something at its place. */
export async function ensureTrueSizeBundle({ bundleFolder, layers, blockSize }: TrueSizeBundle): Promise<void> {
  if (await stat(bundleFolder).catch(() => null)) return;
  if (blockSize !== 32 && blockSize !== 64 && blockSize !== 128) throw new Error('--block is 32, 64 or 128');
  console.error(`Writing a random language model of ${layers} layers to ${bundleFolder} …`);
  await writeRandomBundle({
    bundleFolder,
    sizes: languageAlone(withLayers(trueSizes, layers)),
    tokenizerFolder,
    weights: { format: 'int4', blockSize },
  });
}

/** Writes a vision tower of true width, in int8 as an int4 import gives it, unless there is something at its place. */
export async function ensureTower(bundleFolder: string, layers: number): Promise<void> {
  if (await stat(bundleFolder).catch(() => null)) return;
  console.error(`Writing a random vision tower of ${layers} layers to ${bundleFolder} …`);
  // The last layer is never run: what is selected comes out of the one before.
  const sizes = towerAlone(trueSizes, layers + 1);
  await writeRandomBundle({ bundleFolder, sizes, tokenizerFolder, weights: { format: 'int8' } });
}

/** Writes a checkpoint of 1.5 GB, unless there is something at its place. */
export async function ensureMediumCheckpoint(folder: string): Promise<void> {
  if (await stat(folder).catch(() => null)) return;
  console.error(`Writing a random checkpoint of medium size to ${folder} …`);
  await writeRandomCheckpoint({ folder: `${folder}.partial`, sizes: mediumSizes, tokenizerFolder, shardBytes: 1e9 });
  await rename(`${folder}.partial`, folder);
}
