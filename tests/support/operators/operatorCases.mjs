/**
 * One small graph for every operator and every setting of it that our importer tells apart. Each of `inputs` is noise
 * of these sizes, which is fed or (`constant`) part of the graph, or numbers that are part of the graph.
 */
import { noise } from '../graphInputs.mjs';
import { numberCases } from './numberCases.mjs';
import { pictureCases } from './pictureCases.mjs';
import { placeCases } from './placeCases.mjs';

export const operatorCases = [...numberCases, ...pictureCases, ...placeCases];

export function titleOf({ op, about: what }) {
  return what ? `${op}, ${what}` : op;
}

/** A case as a TensorFlow.js graph: what its JSON file holds, its weights, and the names of its outputs. */
export function operatorGraph({ op, inputs, attr = {}, outputs = 1, after }) {
  const named = inputs.map((input, index) => ({ dtype: 'float32', ...input, name: `in${index}`, index }));
  const constants = named.filter(({ values, constant }) => values || constant);
  const placeholders = named.filter((input) => !constants.includes(input));
  const first = after === 'Exp' ? [{ name: 'positive', op: 'Exp', input: ['in0'], attr: {} }] : [];
  const taken = after === 'Exp' ? ['positive'] : named.map(({ name }) => name);
  const attributes = { SrcT: { type: 'DT_BOOL' }, DstT: { type: 'DT_FLOAT' } };
  const last = after === 'AsFloat' ? [{ name: 'float', op: 'Cast', input: ['out'], attr: attributes }] : [];
  const result = last[0]?.name ?? 'out';
  const names = Array.from({ length: outputs }, (_, n) => (n === 0 ? result : `${result}:${n}`));
  const json = {
    format: 'graph-model',
    modelTopology: {
      versions: { producer: 1 },
      node: [
        ...placeholders.map(({ name, dims }) => ({
          name,
          op: 'Placeholder',
          attr: { dtype: float, ...shapeOf(dims) },
        })),
        ...constants.map(({ name, dtype }) => ({ name, op: 'Const', attr: { dtype: { type: types[dtype] } } })),
        ...first,
        { name: 'out', op, input: taken, attr },
        ...last,
      ],
    },
    signature: {
      inputs: Object.fromEntries(placeholders.map((input) => [input.name, signatureOf(input)])),
      outputs: Object.fromEntries(names.map((name) => [name, { name: name.includes(':') ? name : `${name}:0` }])),
    },
    weightsManifest: [
      { paths: ['weights.bin'], weights: constants.map(({ name, dims, dtype }) => ({ name, shape: dims, dtype })) },
    ],
  };
  return { json, weights: Buffer.concat(constants.map(bytesOf)), outputs: names };
}

const types = { float32: 'DT_FLOAT', int32: 'DT_INT32', bool: 'DT_BOOL' };
const float = { type: 'DT_FLOAT' };

function shapeOf(dims) {
  return { shape: { shape: { dim: dims.map((size) => ({ size: String(size) })) } } };
}

function signatureOf({ name, dims }) {
  return { name: `${name}:0`, dtype: 'DT_FLOAT', tensorShape: shapeOf(dims).shape.shape };
}

function bytesOf({ values, dims, dtype, index }) {
  const numbers = values ?? operatorInput(dims, index);
  const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };
  return Buffer.from(arrays[dtype].from(numbers).buffer);
}

/** Every input of a case has noise of its own. @param {number[]} dims @param {number} index */
export function operatorInput(dims, index) {
  return noise(dims, index + 1);
}
