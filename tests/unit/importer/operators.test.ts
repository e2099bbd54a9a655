/** Which operators the importer writes, and that each of them is looked at on every provider. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { NoiseWeights } from '../../../scripts/parity/providers/noiseWeights.ts';
import { allPieces, smallPieces } from '../../../scripts/parity/providers/operators.ts';
import { openCheckpoint } from '../../../src/main/importer/checkpoint/openCheckpoint.ts';
import { Weights } from '../../../src/main/importer/checkpoint/weights.ts';
import type { PlannedGraph } from '../../../src/main/importer/plan.ts';
import { planDualEncoder } from '../../../src/main/importer/planDualEncoder.ts';
import { planVideoLlama } from '../../../src/main/importer/planVideoLlama.ts';
import { Problems } from '../../../src/main/importer/problems.ts';
import { planWeights, type WeightChoice } from '../../../src/main/importer/weightPlan.ts';
import { parityFolder } from './checkpointFiles.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const about = { name: 'a', description: '', licence: '', source: '', isSampleModel: false };

async function graphsOf(name: string, choice: WeightChoice): Promise<PlannedGraph[]> {
  const folder = join(parityFolder, name);
  const problems = new Problems(folder);
  const checkpoint = await openCheckpoint(folder, problems);
  const plan = name.endsWith('-dual') ? planDualEncoder : planVideoLlama;
  const weights = new Weights(checkpoint, problems);
  const planned = await plan({ folder, weights, problems, formats: planWeights(choice), about });
  await checkpoint.close();
  problems.throwIfAny();
  return planned?.graphs ?? [];
}

async function writtenOperators(): Promise<Set<string>> {
  const folders = (await readdir(parityFolder)).filter((name) => name !== 'connectors');
  const choices: WeightChoice[] = [{}, { format: 'int4' }, { format: 'int8' }, { kvCache: 'int8' }];
  const plans = folders.flatMap((name) => choices.map((choice) => graphsOf(name, choice)));
  return new Set((await Promise.all(plans)).flat().flatMap(({ graph }) => graph.nodes.map(({ opType }) => opType)));
}

describe('the operators of imported graphs', () => {
  it('are plain where ONNX Runtime has a fused attention: that one is wrong on WebGPU from 32 positions on', async () => {
    for (const operator of await writtenOperators()) expect(operator).not.toMatch(/Attention/);
  });

  it('stand without a fused attention in the sample model, too', async () => {
    const folder = join(root, 'resources', 'models', 'sample-av');
    const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.onnx'));
    expect(files.length).toBeGreaterThan(6);
    for (const file of files) expect(await readFile(join(folder, file), 'latin1')).not.toContain('HeadAttention');
  });

  it('are all compared between providers, at the sizes at which these change their ways', async () => {
    const compared = allPieces.flatMap((piece) => piece.graph(new NoiseWeights()).nodes.map(({ opType }) => opType));
    expect([...(await writtenOperators())].filter((operator) => !compared.includes(operator))).toEqual([]);
    const small = smallPieces.flatMap((piece) => piece.graph(new NoiseWeights()).nodes.map(({ opType }) => opType));
    expect([...new Set(compared)].filter((operator) => !small.includes(operator))).toEqual([]);
  });

  it('are those that docs/importer.md names', async () => {
    const text = await readFile(join(root, 'docs', 'importer.md'), 'utf8');
    const line = /^Operators used\. Standard .*?: (.*)\. ONNX Runtime's own .*?: (.*)\.$/m.exec(text);
    const named = `${line?.[1]}, ${line?.[2]}`.replace(/ \(.*?\)/g, '').split(', ');
    const compared = allPieces.flatMap((piece) => piece.graph(new NoiseWeights()).nodes.map(({ opType }) => opType));
    expect(named.toSorted()).toEqual([...new Set(compared)].toSorted());
  });
});
