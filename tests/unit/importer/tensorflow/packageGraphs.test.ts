import { describe, it } from 'vitest';
import { compareWithRecorded } from './packageGraphs.ts';

/** Between them they have every operator that is used in the package; the others follow in the slow tier. */
const graphs = ['age', 'emotion', 'gender', 'blazeface', 'iris', 'meet', 'selfie', 'mobileface', 'facemesh-attention'];

describe("a converted graph gives TensorFlow.js's numbers to 1e-4", () => {
  for (const name of graphs) it(name, () => compareWithRecorded(name));
});
