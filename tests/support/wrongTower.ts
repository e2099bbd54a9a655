/** A bundle whose vision tower computes with an operator that is right on the CPU and wrong on SwiftShader's WebGPU. */
import { createHash } from 'node:crypto';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Graph } from '../../src/main/importing/onnx/graph.ts';
import type { VideoLlamaManifest } from '../../src/main/models/bundleManifest.ts';
import { writeLoneGraph } from '../../tools/parity/providers/comparePiece.ts';
import { NoiseWeights } from '../../tools/parity/providers/noiseWeights.ts';

/** Replaces the tower of an imported bundle, and says so in its manifest. */
export async function giveFusedTower(bundleFolder: string): Promise<void> {
  const manifestFile = join(bundleFolder, 'manifest.json');
  const manifest: VideoLlamaManifest = JSON.parse(await readFile(manifestFile, 'utf8'));
  const { file, dataFile } = manifest.graphs.vision;
  const written = await writeLoneGraph(towerGraph(manifest), join(bundleFolder, 'tower'));
  await copyFile(written, join(bundleFolder, file));
  await copyFile(`${written}.data`, join(bundleFolder, 'graph.onnx.data')); // the name that the graph knows it by
  await rm(join(bundleFolder, 'tower'), { recursive: true });
  manifest.graphs.vision = { ...manifest.graphs.vision, dataFile: 'graph.onnx.data' };
  const kept = manifest.files.filter(({ path }) => path !== file && path !== dataFile);
  const changed = await Promise.all([file, 'graph.onnx.data'].map((path) => described(bundleFolder, path)));
  await writeFile(manifestFile, JSON.stringify({ ...manifest, files: [...kept, ...changed] }));
}

/** pixel_values (T, 3, S, S) -> vision_features (T, P, C): every patch attends to all of its frame, fused. */
function towerGraph({ architecture: { vision } }: VideoLlamaManifest): Graph {
  const { imageSize, patchSize, width, heads, tokensPerFrame } = vision;
  const graph = new Graph('vision', { format: 'fp32', blockSize: 32 });
  const pixels = graph.input('pixel_values', 'float', ['frames', 3, imageSize, imageSize]);
  const weight = graph.floats(new NoiseWeights().get('patches', [width, 3, patchSize, patchSize]));
  const sides = { kernel_shape: [patchSize, patchSize], strides: [patchSize, patchSize] };
  const patches = graph.transpose(graph.reshape(graph.op('Conv', [pixels, weight], sides), [0, width, -1]), [0, 2, 1]);
  graph.nodes.push({
    opType: 'MultiHeadAttention',
    domain: 'com.microsoft',
    name: 'attention',
    inputs: [patches, patches, patches],
    outputs: ['vision_features'],
    attributes: { num_heads: heads },
  });
  graph.output('vision_features', 'float', ['frames', tokensPerFrame, width]);
  return graph;
}

async function described(bundleFolder: string, path: string) {
  const content = await readFile(join(bundleFolder, path));
  return { path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}
