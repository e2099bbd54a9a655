/**
 * What TensorFlow.js gives for a graph: `node reference.mjs <graph.json> <folder>` writes every output of every sort of
 * input to `<folder>/<sort>-<n>.bin` (fp32, little endian) and their names and shapes to `<folder>/outputs.json`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { graphInput, inputSorts } from '../../support/graphInputs.mjs';

const [graphFile, outFolder] = process.argv.slice(2);

// The threaded build starts its workers from a blob address, which Node refuses.
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
const wasm = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
setWasmPaths(join(wasm, 'dist') + sep);

const outputs = (await run('wasm').catch(() => run('cpu'))).flat();
writeFileSync(join(outFolder, 'outputs.json'), JSON.stringify(outputs));

/** WebAssembly lacks a few operators; plain JavaScript has them all. */
async function run(backend) {
  await tf.setBackend(backend);
  await tf.ready();
  const model = await loadGraphModel({ load: readGraph });
  const results = [];
  for (let sort = 0; sort < inputSorts; sort++) results.push(await runOnce(model, sort));
  return results;
}

async function readGraph() {
  const { weightsManifest, ...rest } = JSON.parse(readFileSync(graphFile, 'utf8'));
  const paths = weightsManifest.flatMap((group) => group.paths);
  const bytes = Buffer.concat(paths.map((path) => readFileSync(join(dirname(graphFile), path))));
  const weightData = new Uint8Array(bytes).buffer;
  return { ...rest, weightSpecs: weightsManifest.flatMap((group) => group.weights), weightData };
}

async function runOnce(model, sort) {
  const feeds = {};
  for (const { name, shape, dtype } of model.inputs) {
    const dims = shape.map((size) => (size < 0 ? 1 : size));
    const type = dtype === 'int32' ? 'DT_INT32' : 'DT_FLOAT';
    feeds[name] = tf.tensor(graphInput({ name, dims, type }, sort), dims, dtype);
  }
  const names = model.outputs.map(({ name }) => name);
  const values = await model.execute(feeds, names);
  mkdirSync(outFolder, { recursive: true });
  return [values].flat().map((tensor, n) => {
    writeFileSync(join(outFolder, `${sort}-${n}.bin`), Float32Array.from(tensor.dataSync()));
    return { sort, name: names[n], dims: tensor.shape, file: `${sort}-${n}.bin` };
  });
}
