import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBundleManifest, type VideoLlamaManifest } from '../../../src/main/models/bundleManifest.ts';
import { bundleMemory } from '../../../src/main/models/bundleNeeds.ts';
import { mediaTokens } from '../../../src/main/models/promptRoom.ts';
import { videoTokens } from '../../../src/main/models/videoTokens.ts';

const sample = join(import.meta.dirname, '../../../resources/models/sample-av');
const manifest = (await readBundleManifest(sample)) as VideoLlamaManifest;

test('a bundle takes the memory of its weights and more; stored in 16 bits, twice that of its file', () => {
  const weights = manifest.files
    .filter(({ path }) => path.endsWith('.data'))
    .reduce((sum, { bytes }) => sum + bytes, 0);
  expect(bundleMemory(manifest)).toBeGreaterThan(weights);
  const { graphs } = manifest;
  const stored = (weights: 'fp16' | 'fp32') =>
    bundleMemory({ ...manifest, graphs: { ...graphs, decoder: { ...graphs.decoder, weights } } });
  expect(stored('fp16')).toBeGreaterThan(stored('fp32'));
});

test('the encoder for search beside it is counted as well', async () => {
  expect(bundleMemory(await readBundleManifest(join(sample, 'embedding')))).toBeGreaterThan(0);
});

test('another number of frames is another number of tokens, by the connector’s own windows', () => {
  const { connector, vision, numFrames } = manifest.architecture;
  const grid = Math.floor(vision.imageSize / vision.patchSize);
  expect(videoTokens(connector.type, numFrames, grid)).toBe(connector.videoTokens);
  const half = mediaTokens(manifest, { modality: 'video', seconds: 1, frames: numFrames / 2 });
  expect(half).toBe(videoTokens(connector.type, numFrames / 2, grid));
  expect(half).toBeLessThan(connector.videoTokens);
});
