/** Carries out a plan: every graph, table and copied file, then the manifest. */
import type { BundleManifest } from '../models/bundleManifest.ts';
import type { BundleWriter } from './bundleWriter.ts';
import { floatBlock, halfBlock } from './onnx/dataBlock.ts';
import { writeGraph } from './onnx/writeGraph.ts';
import type { ImportPlan } from './plan.ts';
import type { Problems } from './problems.ts';

/** @throws PlayheadError `checkpoint-invalid` when weights that are not finite turned up on the way. */
export async function writeBundle(plan: ImportPlan, writer: BundleWriter, problems: Problems): Promise<BundleManifest> {
  await writer.begin();
  for (const { graph, entry } of plan.graphs)
    await writeGraph(graph, entry.file, entry.dataFile ?? `${entry.file}.data`, writer.write);
  for (const { file, weight, dtype } of plan.tables) {
    const block = dtype === 'f32' ? floatBlock(weight) : halfBlock(weight, weight.name);
    await writer.write(file, block.chunks());
  }
  for (const { from, to } of plan.copies) await writer.copy(from, to);
  problems.throwIfAny();
  const manifest = plan.manifest(writer.files);
  await writer.finish(manifest);
  return manifest;
}
