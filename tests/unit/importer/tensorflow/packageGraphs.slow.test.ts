import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareWithRecorded, models, recorded } from './packageGraphs.ts';

describe("every graph of the package without loops gives TensorFlow.js's numbers in ONNX", () => {
  for (const name of Object.keys(recorded)) it(name, () => compareWithRecorded(name));
});

it('three graphs have loops or branches, and no other is left out', () => {
  const all = readdirSync(models).filter((file) => file.endsWith('.json'));
  const names = all.map((file) => file.replace('.json', ''));
  expect(names.filter((name) => !(name in recorded))).toEqual(['faceboxes', 'handtrack', 'rvm']);
});
