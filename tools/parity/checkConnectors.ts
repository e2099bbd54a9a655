/** Each connector of the reference alone: weights and vision features in, video tokens out. */
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { openSession } from '../../src/main/answering/model/session.ts';
import { BundleWriter } from '../../src/main/importing/bundleWriter.ts';
import { openCheckpoint } from '../../src/main/importing/checkpoint/openCheckpoint.ts';
import { Weights } from '../../src/main/importing/checkpoint/weights.ts';
import { connectorGraph } from '../../src/main/importing/networks/connectorGraph.ts';
import { writeGraph } from '../../src/main/importing/onnx/writeGraph.ts';
import { Problems } from '../../src/main/importing/problems.ts';
import { connectorTypeSchema } from '../../src/main/models/bundleManifest.ts';
import type { CheckOptions } from './checkVideoLlama.ts';
import { compareProvider, compareTensor, type StageResult } from './compare.ts';
import { floats, need, readExpectedTensors } from './expected.ts';

const listSchema = z.array(
  z.object({
    mm_projector_type: connectorTypeSchema,
    mm_hidden_size: z.int(),
    hidden_size: z.int(),
    grid: z.int(),
  }),
);
type Connector = z.infer<typeof listSchema>[number];

/** @param options `bundleFolder` is a folder of our own, in which each connector's graph is written */
export async function* checkConnectors(options: CheckOptions): AsyncGenerator<StageResult> {
  const list = listSchema.parse(JSON.parse(await readFile(join(options.checkpointFolder, 'connectors.json'), 'utf8')));
  for (const connector of list) {
    const type = connector.mm_projector_type;
    const expected = await readExpectedTensors(join(options.checkpointFolder, `${type}.expected.safetensors`));
    const session = await openSession(await writeConnector(connector, options), options);
    const data = floats(expected, 'vision_features');
    const feeds = { vision_features: { data, dims: need(expected, 'vision_features').shape } };
    const { video_tokens } = await session.run(feeds, ['video_tokens']);
    const { provider } = session;
    await session.close();
    yield compareTensor(type, video_tokens.data, floats(expected, 'video_tokens'), options.tolerance);
    if (provider !== options.providers[0]) yield compareProvider(provider, options.providers);
  }
}

/** @returns the file of the connector's graph */
async function writeConnector(connector: Connector, { checkpointFolder, bundleFolder }: CheckOptions): Promise<string> {
  const type = connector.mm_projector_type;
  const alone = join(bundleFolder, `${type}-checkpoint`);
  await mkdir(alone, { recursive: true });
  await copyFile(join(checkpointFolder, `${type}.safetensors`), join(alone, 'model.safetensors'));
  const problems = new Problems(checkpointFolder);
  const checkpoint = await openCheckpoint(alone, problems);
  try {
    const sizes = { inSize: connector.mm_hidden_size, outSize: connector.hidden_size, grid: connector.grid };
    const graph = connectorGraph(new Weights(checkpoint, problems), type, sizes, { format: 'fp32', blockSize: 32 });
    problems.throwIfAny();
    const folder = join(bundleFolder, type);
    const writer = new BundleWriter(folder, undefined, () => {});
    await writer.begin();
    await writeGraph(graph, 'connector.onnx', 'connector.onnx.data', writer.write);
    return join(`${folder}.partial`, 'connector.onnx'); // a lone connector is no bundle: it is never finished
  } finally {
    await checkpoint.close();
  }
}
