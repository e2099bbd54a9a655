/**
 * Writes the numbers that the fast tests compare with, in tests/fixtures/tensorflow: `operators.json` with every small
 * case, and `graphs.json` with a few numbers of each graph of the package. `node tests/slow/tensorflow/record.mjs`.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { graphInput } from '../../support/graphInputs.mjs';
import { operatorCases, operatorGraph, operatorInput, titleOf } from '../../support/operators/operatorCases.mjs';
import { openGraph, readGraph, runGraph, useBackend } from './openReference.mjs';

const repository = join(import.meta.dirname, '..', '..', '..');
const fixtures = join(repository, 'tests', 'fixtures', 'tensorflow');
const package_ = join(repository, 'node_modules', '@vladmandic', 'human-models', 'models');
/** Of each output. */
const samples = 12;

mkdirSync(fixtures, { recursive: true });
await record(
  'operators.json',
  operatorCases.map((each) => [titleOf(each), () => operator(each)]),
);
const graphs = readdirSync(package_).filter((file) => file.endsWith('.json'));
await record(
  'graphs.json',
  graphs.map((file) => [file.replace('.json', ''), () => graph(join(package_, file))]),
);

async function record(file, entries) {
  const lines = [];
  for (const [title, compute] of entries) {
    const given = await compute().catch((thrown) => console.error(`${title}: ${thrown.message}`));
    if (given) lines.push(`${JSON.stringify(title)}: ${JSON.stringify(given)}`);
  }
  writeFileSync(join(fixtures, file), `{\n${lines.join(',\n')}\n}\n`);
}

async function operator(each) {
  await useBackend('cpu');
  const { json, weights, outputs } = operatorGraph(each);
  const given = await runGraph(await openGraph(json, weights), outputs, ({ name, dims }) =>
    operatorInput(dims, Number(name.slice(2))),
  );
  return given.map(({ dims, data }) => ({ dims, data: Array.from(data, short) }));
}

/** On the first sort of input. Loops cannot be run like this, and are not converted either. */
async function graph(file) {
  await useBackend('wasm');
  const { json, weights } = readGraph(file);
  const model = await openGraph(json, weights);
  const names = model.outputs.map(({ name }) => name);
  const run = () => runGraph(model, names, (input) => graphInput(input, 0));
  const given = await run().catch(async () => {
    await useBackend('cpu');
    return runGraph(await openGraph(json, weights), names, (input) => graphInput(input, 0));
  });
  return given.map(({ name, dims, data }) => ({
    name,
    dims,
    largest: short(data.reduce((most, value) => Math.max(most, Math.abs(value)), 0)),
    samples: sampleAt(data.length).map((at) => short(data[at])),
  }));
}

function sampleAt(length) {
  return Array.from({ length: Math.min(samples, length) }, (_, n) =>
    Math.floor((n * length) / Math.min(samples, length)),
  );
}

function short(value) {
  return Number(value.toPrecision(7));
}
