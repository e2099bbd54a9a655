/** What an import will write, decided before the first weight is read. */

import type { BundleGraph, BundleManifest } from '../models/bundleManifest.ts';
import type { BundleFile } from './bundleWriter.ts';
import type { Weight, Weights } from './checkpoint/weights.ts';
import type { Graph } from './onnx/graph.ts';
import { graphBytes, hasDataFile } from './onnx/writeGraph.ts';
import type { Problems } from './problems.ts';
import type { WeightPlan } from './weightPlan.ts';

export interface PlanInput {
  folder: string;
  weights: Weights;
  problems: Problems;
  formats: WeightPlan;
  about: { name: string; description: string; licence: string; source: string; isSampleModel: boolean };
  /** What the model was not taught; said by whoever imports it, since no checkpoint does. */
  limits?: { maxClipSeconds?: number; conversation?: boolean };
}

export interface PlannedGraph {
  graph: Graph;
  entry: BundleGraph;
}

export interface ImportPlan {
  graphs: PlannedGraph[];
  /** Plain rows, outside any graph. */
  tables: { file: string; weight: Weight; dtype: 'f32' | 'f16' }[];
  /** Small files taken over as they are: from (absolute) to (in the bundle). */
  copies: { from: string; to: string }[];
  /** Bytes of weights to write. */
  bytes: number;
  manifest(files: BundleFile[]): BundleManifest;
}

/** A graph under the file names `<name>.onnx` and `<name>.onnx.data`. */
export function plannedGraph(name: string, graph: Graph): PlannedGraph {
  const { format, blockSize } = graph.options;
  const packed = format === 'int8' || format === 'int4';
  return {
    graph,
    entry: {
      file: `${name}.onnx`,
      dataFile: hasDataFile(graph) ? `${name}.onnx.data` : null,
      weights: format,
      blockSize: packed ? blockSize : null,
    },
  };
}

export function plannedBytes(graphs: PlannedGraph[]): number {
  return graphs.reduce((sum, { graph }) => sum + graphBytes(graph), 0);
}
