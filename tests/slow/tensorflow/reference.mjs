/**
 * What TensorFlow.js gives for a graph: `node reference.mjs <graph.json> <folder> [wasm|cpu]` writes every output of
 * every sort of input to `<folder>/<sort>-<n>.bin` (fp32, little endian), their names and sizes to `outputs.json`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { graphInput, inputSorts } from '../../support/graphInputs.mjs';
import { openGraph, readGraph, runGraph, useBackend } from './openReference.mjs';

const [graphFile, outFolder, backend] = process.argv.slice(2);
const { json, weights } = readGraph(graphFile);
mkdirSync(outFolder, { recursive: true });
const outputs = backend ? await run(backend) : await run('wasm').catch(() => run('cpu'));
writeFileSync(join(outFolder, 'outputs.json'), JSON.stringify(outputs));

async function run(name) {
  await useBackend(name);
  const model = await openGraph(json, weights);
  const results = [];
  for (let sort = 0; sort < inputSorts; sort++) {
    const names = model.outputs.map((output) => output.name);
    const given = await runGraph(model, names, (input) => graphInput(input, sort));
    for (const [n, { data, ...output }] of given.entries()) {
      const file = `${sort}-${n}.bin`;
      writeFileSync(join(outFolder, file), data);
      results.push({ sort, ...output, file });
    }
  }
  return results;
}
