/** The plan for a whole CLIP or SigLIP checkpoint: an image graph, a text graph, the tokenizer where there is one. */
import type { DualEncoderManifest } from '../models/bundleManifest.ts';
import { readDualEncoderConfig } from './checkpoint/dualEncoderConfig.ts';
import { copiesOf, tokenizerFiles } from './checkpoint/tokenizerFiles.ts';
import { visionPreprocessing } from './checkpoint/visionTowers.ts';
import { imageGraph, textGraph } from './networks/dualEncoderGraph.ts';
import { type ImportPlan, type PlanInput, plannedBytes, plannedGraph } from './plan.ts';

/** Null when config.json cannot be used; the reasons are in `problems` then. */
export async function planDualEncoder(input: PlanInput): Promise<ImportPlan | null> {
  const { folder, weights, problems, formats, about } = input;
  const config = await readDualEncoderConfig(folder, problems);
  if (!config) return null;
  const { vision, text, embeddingSize } = config;
  const image = plannedGraph('image', imageGraph(weights, vision, embeddingSize, formats.of('image')));
  const textual = plannedGraph('text', textGraph(weights, text, embeddingSize, formats.of('text')));
  const preprocessing = await visionPreprocessing(folder, vision, problems);
  const optional = tokenizerFiles.map(({ name }) => ({ name, required: false }));
  return {
    graphs: [image, textual],
    tables: [],
    copies: await copiesOf(folder, optional, problems),
    bytes: plannedBytes([image, textual]),
    manifest: (files): DualEncoderManifest => ({
      formatVersion: 2,
      kind: 'dual-encoder',
      ...about,
      architecture: { vision, text, embeddingSize },
      preprocessing: { vision: preprocessing },
      graphs: { image: image.entry, text: textual.entry },
      files,
    }),
  };
}
