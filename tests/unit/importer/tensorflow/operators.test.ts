import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { convertGraph, importerVersion } from '../../../../src/main/importing/tensorflow/convertGraph.ts';
import { type GraphModel, parseGraph } from '../../../../src/main/importing/tensorflow/graphModel.ts';
import { operators } from '../../../../src/main/importing/tensorflow/operators/index.ts';
import {
  type OperatorCase,
  operatorCases,
  operatorGraph,
  operatorInput,
  titleOf,
} from '../../../support/operators/operatorCases.mjs';
import { difference, type GivenOutput, runConverted } from './runConverted.ts';

const fixture = join(import.meta.dirname, '../../../fixtures/tensorflow/operators.json');
const recorded = JSON.parse(readFileSync(fixture, 'utf8')) as Record<string, GivenOutput[]>;

function graphOf(each: OperatorCase): GraphModel {
  const { json, weights } = operatorGraph(each);
  return parseGraph({ file: 'case.json', json: Buffer.from(JSON.stringify(json)), weights });
}

describe("every operator gives TensorFlow.js's numbers in ONNX", () => {
  for (const each of operatorCases) {
    it(titleOf(each), async () => {
      const wanted = recorded[titleOf(each)] as GivenOutput[];
      const given = await runConverted(graphOf(each), ({ name, dims }) => operatorInput(dims, Number(name.slice(2))));
      expect(given.map(({ dims }) => dims)).toEqual(wanted.map(({ dims }) => dims));
      for (const [n, { data }] of wanted.entries())
        expect(difference((given[n] as GivenOutput).data, data)).toBeLessThan(1e-5);
    });
  }
});

it('every operator that is known has a case', () => {
  const tested = new Set(operatorCases.map(({ op }) => op));
  expect(Object.keys(operators).filter((op) => !tested.has(op))).toEqual([]);
});

it('an importer that writes something else has another version, so that what is kept is made again', () => {
  const hash = createHash('sha256');
  for (const each of operatorCases) hash.update(convertGraph(graphOf(each)));
  const written = hash.digest('hex').slice(0, 16);
  expect({ importerVersion, written }).toEqual({ importerVersion: 2, written: 'bb9c059494103e21' });
});
