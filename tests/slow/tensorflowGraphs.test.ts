/**
 * npm run test:graphs: every graph of the package, converted and run, against TensorFlow.js itself on three sorts of
 * input. TensorFlow.js is fetched into tests/slow/tensorflow by name (90 MB, once). About five minutes on two cores.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseGraph, readGraphFiles } from '../../src/main/importing/tensorflow/graphModel.ts';
import { graphInput, inputSorts } from '../support/graphInputs.mjs';
import { models, recorded } from '../unit/importer/tensorflow/packageGraphs.ts';
import { difference, type GivenOutput, runConverted } from '../unit/importer/tensorflow/runConverted.ts';

const reference = join(import.meta.dirname, 'tensorflow');
const temporary = mkdtempSync(join(tmpdir(), 'playhead-tensorflow-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

beforeAll(() => {
  const install = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, stderr } = spawnSync('npm', install, {
    cwd: reference,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`TensorFlow.js could not be fetched: ${stderr}`);
});

interface ReferenceOutput {
  sort: number;
  name: string;
  dims: number[];
  data: Float32Array;
}

/** On one of its back ends; left out, WebAssembly where it has every operator. */
function askTensorflow(name: string, backend?: 'wasm' | 'cpu'): ReferenceOutput[] {
  const folder = join(temporary, `${name}-${backend ?? 'any'}`);
  const program = [
    join(reference, 'reference.mjs'),
    join(models, `${name}.json`),
    folder,
    ...(backend ? [backend] : []),
  ];
  const { status, stderr } = spawnSync(process.execPath, program, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const outputs = JSON.parse(readFileSync(join(folder, 'outputs.json'), 'utf8')) as (ReferenceOutput & {
    file: string;
  })[];
  const data = (file: string) => new Float32Array(new Uint8Array(readFileSync(join(folder, file))).buffer);
  const read = outputs.map(({ file, ...output }) => ({ ...output, data: data(file) }));
  rmSync(folder, { recursive: true, force: true });
  return read;
}

async function runOurs(name: string): Promise<GivenOutput[]> {
  const graph = parseGraph(await readGraphFiles(join(models, `${name}.json`)));
  const given: GivenOutput[] = [];
  for (let sort = 0; sort < inputSorts; sort++)
    given.push(...(await runConverted(graph, (input) => graphInput(input, sort))));
  return given;
}

describe('every graph without loops gives the numbers of TensorFlow.js', () => {
  for (const name of Object.keys(recorded)) {
    it(`${name}: to 1e-4, or as near as its two back ends are to each other`, async () => {
      const wanted = askTensorflow(name);
      const given = await runOurs(name);
      expect(given.map(({ dims }) => dims)).toEqual(wanted.map(({ dims }) => dims));
      const gaps = wanted.map(({ data }, n) => difference(given[n]?.data ?? [], data));
      console.log(`${name}: ${Math.max(...gaps).toExponential(1)}`);
      const wide = gaps.flatMap((gap, n) => (gap <= 1e-4 ? [] : [n]));
      if (wide.length === 0) return;
      const other = askTensorflow(name, 'cpu');
      for (const n of wide) {
        const own = difference(other[n]?.data ?? [], wanted[n]?.data ?? []);
        expect(gaps[n], `output ${wanted[n]?.name}, input ${wanted[n]?.sort}`).toBeLessThan(2 * own + 1e-4);
      }
    });
  }
});
