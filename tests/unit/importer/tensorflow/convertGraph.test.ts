import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { toErrorInfo } from '../../../../src/contract/errors.ts';
import { convertGraph } from '../../../../src/main/importing/tensorflow/convertGraph.ts';
import { parseGraph, readGraphFiles } from '../../../../src/main/importing/tensorflow/graphModel.ts';
import { models } from './packageGraphs.ts';

const folder = mkdtempSync(join(tmpdir(), 'playhead-broken-graph-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Node = { name: string; op: string; input?: string[]; attr?: object };

/** A graph of these operators without weights. */
function graphOf(node: Node[]) {
  const json = { format: 'graph-model', modelTopology: { node }, weightsManifest: [] };
  return { file: 'made-up.json', json: Buffer.from(JSON.stringify(json)), weights: Buffer.alloc(0) };
}

const x = {
  name: 'x',
  op: 'Placeholder',
  attr: { dtype: { type: 'DT_FLOAT' }, shape: { shape: { dim: [{ size: '4' }] } } },
};

function refusal(node: Node[]): string {
  try {
    convertGraph(parseGraph(graphOf(node)));
  } catch (thrown) {
    const { code, message } = toErrorInfo(thrown);
    expect(code).toBe('model-invalid');
    return message;
  }
  return 'converted';
}

describe('a graph that cannot be converted', () => {
  it('names every operator that is not known', () => {
    const message = refusal([
      x,
      { name: 'a', op: 'Bucketize', input: ['x'] },
      { name: 'b', op: 'Betainc', input: ['a'] },
    ]);
    expect(message).toContain('"made-up"');
    expect(message).toContain('operators that are not known here: Betainc, Bucketize');
  });

  it('says where loops and branches are the reason', async () => {
    const graph = parseGraph(await readGraphFiles(join(models, 'rvm.json')));
    expect(() => convertGraph(graph)).toThrow('"rvm" cannot be converted: it has loops or branches (Merge, Switch)');
  });

  it('names the setting of an operator that is not known', () => {
    const attr = { fused_ops: { list: { s: [Buffer.from('Swish').toString('base64')] } } };
    const matrices = [
      { ...x, name: 'm' },
      { name: 'out', op: '_FusedMatMul', input: ['x', 'm'], attr },
    ];
    expect(refusal([x, ...matrices])).toContain('_FusedMatMul with Swish (out)');
  });

  it('names an input that no operator gives', () => {
    expect(refusal([{ name: 'out', op: 'Relu', input: ['nowhere'] }])).toContain(
      'an input, nowhere, that no operator gives',
    );
  });

  it('leaves out what no output needs, known or not', () => {
    const signature = { outputs: { out: { name: 'out:0' } } };
    const node = [x, { name: 'spare', op: 'Bucketize', input: ['x'] }, { name: 'out', op: 'Relu', input: ['x'] }];
    const json = { format: 'graph-model', modelTopology: { node }, weightsManifest: [], signature };
    const files = { file: 'x.json', json: Buffer.from(JSON.stringify(json)), weights: Buffer.alloc(0) };
    expect(convertGraph(parseGraph(files)).length).toBeGreaterThan(50);
  });
});

describe('a graph whose files are damaged', () => {
  const broken = async (name: string, write: (file: string) => void) => {
    const file = join(folder, `${name}.json`);
    write(file);
    const reading = readGraphFiles(file).then(parseGraph);
    return toErrorInfo(await reading.catch((thrown: unknown) => thrown));
  };
  const emotion = readFileSync(join(models, 'emotion.json'), 'utf8');

  it.each([
    ['nothing but a few letters', (file: string) => writeFileSync(file, 'not json')],
    ['another sort of model', (file: string) => writeFileSync(file, '{"format":"layers-model"}')],
    ['a text that was cut off', (file: string) => writeFileSync(file, emotion.slice(0, 9000))],
    ['weights that are away', (file: string) => writeFileSync(file, emotion)],
  ])('is told with its name and what to do: %s', async (_what, write) => {
    const { code, message, hint, file } = await broken('graph', write);
    expect({ code, message }).toEqual({
      code: 'model-invalid',
      message: 'graph.json cannot be read as a TensorFlow.js graph.',
    });
    expect(hint).toMatch(/npm install/);
    expect(file).toBe(join(folder, 'graph.json'));
  });

  it('says how many bytes its weight file should have', async () => {
    const { message } = await broken('short', (file) => {
      writeFileSync(file, emotion);
      writeFileSync(join(folder, 'emotion.bin'), readFileSync(join(models, 'emotion.bin')).subarray(0, 1000));
    });
    expect(message).toBe('short.json has 1000 bytes of weights instead of 820516: its weight file is damaged.');
  });
});
