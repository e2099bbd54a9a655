/** Converts a TensorFlow.js graph and runs it as the app does. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession, type TensorLike } from '../../../../src/main/answering/model/session.ts';
import { convertGraph } from '../../../../src/main/importing/tensorflow/convertGraph.ts';
import type { GraphModel } from '../../../../src/main/importing/tensorflow/graphModel.ts';

export interface GivenOutput {
  dims: number[];
  data: number[];
}

export interface GraphInput {
  name: string;
  dims: number[];
  type: 'DT_FLOAT' | 'DT_INT32';
}

/** Every output of the graph, in its order. @param valuesOf the numbers that an input is fed with @param provider where it runs */
export async function runConverted(
  graph: GraphModel,
  valuesOf: (input: GraphInput) => Float32Array,
  provider = 'cpu',
): Promise<GivenOutput[]> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-graph-'));
  try {
    const file = join(folder, 'graph.onnx');
    await writeFile(file, convertGraph(graph));
    const session = await openSession(file, { providers: [provider], threads: 1 });
    const feeds: Record<string, TensorLike> = {};
    for (const [name, input] of session.inputs) {
      const dims = input.dims.map((size) => (typeof size === 'number' ? size : 1));
      const isWhole = input.type === 'int32';
      const data = valuesOf({ name, dims, type: isWhole ? 'DT_INT32' : 'DT_FLOAT' });
      feeds[name] = { dims, data: isWhole ? Int32Array.from(data) : data };
    }
    const outputs = await session.run(feeds, graph.outputs);
    await session.close();
    return graph.outputs.map((name) => {
      const output = outputs[name];
      if (!output) throw new Error(`The converted graph gives no ${name}.`);
      return { dims: [...output.dims], data: Array.from(output.data) };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The largest difference, as a share of the largest number of the reference. */
export function difference(given: ArrayLike<number>, wanted: ArrayLike<number>, largest?: number): number {
  let most = largest ?? 0;
  let gap = 0;
  for (let i = 0; i < wanted.length; i++) {
    const distance = Math.abs((given[i] as number) - (wanted[i] as number));
    if (!(distance <= gap)) gap = distance;
    if (largest === undefined) most = Math.max(most, Math.abs(wanted[i] as number));
  }
  return most === 0 ? gap : gap / most;
}
