/** TensorFlow.js, opened on one of its back ends, and graphs for it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';

// The threaded build starts its workers from a blob address, which Node refuses.
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
const wasm = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
setWasmPaths(join(wasm, 'dist') + sep);

/** @param {'wasm' | 'cpu'} name WebAssembly lacks a few operators; plain JavaScript has them all and is slow. */
export async function useBackend(name) {
  await tf.setBackend(name);
  await tf.ready();
}

/** @param json what a graph's JSON file holds @param {Buffer} weights */
export function openGraph({ weightsManifest, ...rest }, weights) {
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  const weightData = new Uint8Array(weights).buffer;
  return loadGraphModel({ load: async () => ({ ...rest, weightSpecs, weightData }) });
}

/** The JSON and the weights of a graph's files. @param {string} file */
export function readGraph(file) {
  const json = JSON.parse(readFileSync(file, 'utf8'));
  const paths = json.weightsManifest.flatMap((group) => group.paths);
  return { json, weights: Buffer.concat(paths.map((path) => readFileSync(join(dirname(file), path)))) };
}

/**
 * What a graph gives. @param valuesOf the numbers for an input of this name, these sizes and this type
 * @param {string[]} names of the outputs @returns {Promise<{ name: string, dims: number[], data: Float32Array }[]>}
 */
export async function runGraph(model, names, valuesOf) {
  const feeds = {};
  for (const { name, shape, dtype } of model.inputs) {
    const dims = shape.map((size) => (size < 0 ? 1 : size));
    const type = dtype === 'int32' ? 'DT_INT32' : 'DT_FLOAT';
    feeds[name] = tf.tensor(valuesOf({ name, dims, type }), dims, dtype);
  }
  const tensors = [await model.executeAsync(feeds, names)].flat();
  return tensors.map((tensor, n) => ({
    name: names[n].replace(/:0$/, ''),
    dims: tensor.shape,
    data: Float32Array.from(tensor.dataSync()),
  }));
}
