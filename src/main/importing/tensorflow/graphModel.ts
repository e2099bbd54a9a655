/** Reads a TensorFlow.js graph model: `<name>.json`, which holds a GraphDef, and the weight files that it names. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { PlayheadError } from '../../../contract/errors.ts';
import { type GraphNode, graphNodeSchema, sourcesOf } from './graphNode.ts';
import { type Constant, decodeWeights, weightBytes, weightEntrySchema } from './storedWeights.ts';

export interface GraphModel {
  /** The file's name without its ending. */
  name: string;
  nodes: Map<string, GraphNode>;
  weights: Map<string, Constant>;
  /** What it gives, as `name` or `name:1`. */
  outputs: string[];
}

const signatureSchema = z.object({ outputs: z.record(z.string(), z.object({ name: z.string() })) });
const modelSchema = z.object({
  format: z.literal('graph-model'),
  modelTopology: z.object({
    node: z.array(graphNodeSchema),
    library: z.object({ function: z.array(z.unknown()).optional() }).optional(),
  }),
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(weightEntrySchema) })),
  signature: signatureSchema.optional(),
  userDefinedMetadata: z.object({ signature: signatureSchema.optional() }).optional(),
});
type ModelFile = z.infer<typeof modelSchema>;

/** The bytes of a graph's files: the JSON first, then its weights in order. */
export interface GraphFiles {
  file: string;
  json: Buffer;
  weights: Buffer;
}

/** @throws PlayheadError `model-invalid` for what is no graph model, and for files that are missing or cut short. */
export async function readGraphFiles(file: string): Promise<GraphFiles> {
  try {
    const json = await readFile(file);
    const { weightsManifest } = parse(json);
    const paths = weightsManifest.flatMap((group) => group.paths);
    const weights = Buffer.concat(await Promise.all(paths.map((path) => readFile(join(dirname(file), path)))));
    return { file, json, weights };
  } catch (cause) {
    throw invalid(file, 'cannot be read as a TensorFlow.js graph', cause);
  }
}

/** @throws PlayheadError `model-invalid` */
export function parseGraph({ file, json, weights }: GraphFiles): GraphModel {
  const { modelTopology, weightsManifest, ...rest } = parse(json);
  const entries = weightsManifest.flatMap((group) => group.weights);
  const wanted = weightBytes(entries);
  if (weights.length !== wanted)
    throw invalid(file, `has ${weights.length} bytes of weights instead of ${wanted}: its weight file is damaged`);
  const bytes = new Uint8Array(weights);
  return {
    name: basename(file, '.json'),
    nodes: new Map(modelTopology.node.map((node) => [node.name, node])),
    weights: decodeWeights(entries, bytes),
    outputs: outputsOf(modelTopology.node, rest.signature ?? rest.userDefinedMetadata?.signature),
  };
}

/** What the signature names; without one, every operator that nothing else uses. */
function outputsOf(nodes: readonly GraphNode[], signature: ModelFile['signature']): string[] {
  if (signature) return Object.values(signature.outputs).map(({ name }) => name.replace(/:0$/, ''));
  const used = new Set(nodes.flatMap((node) => sourcesOf(node).map((source) => source.node)));
  return nodes.filter(({ name, op }) => !used.has(name) && op !== 'NoOp').map(({ name }) => name);
}

function parse(json: Buffer): ModelFile {
  return modelSchema.parse(JSON.parse(json.toString()));
}

function invalid(file: string, what: string, cause?: unknown): PlayheadError {
  return new PlayheadError(
    {
      code: 'model-invalid',
      message: `${basename(file)} ${what}.`,
      hint: 'Run "npm install" in the folder of Playhead to fetch it again.',
      file,
    },
    { cause },
  );
}
