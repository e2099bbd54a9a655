import { expect, test } from 'vitest';
import { parseGraph } from '../../../../src/main/importing/tensorflow/graphModel.ts';
import { runConverted } from './runConverted.ts';

const float = { dtype: { type: 'DT_FLOAT' } };
const constant = (name: string) => ({ name, op: 'Const', input: [], attr: float });
const shape = { shape: { dim: ['1', '4', '4', '4'].map((size) => ({ size })) } };
const ints = (...i: number[]) => ({ list: { i: i.map(String) } });
const base64 = (text: string) => ({ s: Buffer.from(text).toString('base64') });

/** relu by hand beside a convolution that changes nothing: x + (x > 0 ? 0 : x), all in (N, H, W, C). */
function chosenBesideAPicture() {
  const convolution = {
    strides: ints(1, 1, 1, 1),
    dilations: ints(1, 1, 1, 1),
    padding: base64('SAME'),
    data_format: base64('NHWC'),
  };
  const node = [
    { name: 'x', op: 'Placeholder', input: [], attr: { ...float, shape } },
    constant('filter'),
    constant('zero'),
    { name: 'picture', op: 'Conv2D', input: ['x', 'filter'], attr: convolution },
    { name: 'mask', op: 'Greater', input: ['x', 'zero'], attr: {} },
    { name: 'chosen', op: 'SelectV2', input: ['mask', 'zero', 'x'], attr: {} },
    { name: 'out', op: 'AddV2', input: ['picture', 'chosen'], attr: {} },
  ];
  const weights = [
    { name: 'filter', shape: [1, 1, 4, 4], dtype: 'float32' },
    { name: 'zero', shape: [], dtype: 'float32' },
  ];
  const identity = Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? 1 : 0));
  const json = { format: 'graph-model', modelTopology: { node }, weightsManifest: [{ paths: ['x.bin'], weights }] };
  return {
    file: 'chosen.json',
    json: Buffer.from(JSON.stringify(json)),
    weights: Buffer.from(Float32Array.from([...identity, 0]).buffer),
  };
}

test('a number chosen in place of a picture leaves it a picture, whose channels stay where they are', async () => {
  const values = Float32Array.from({ length: 64 }, (_, at) => Math.sin(at));
  const [out] = await runConverted(parseGraph(chosenBesideAPicture()), () => values);
  const expected = Array.from(values, (x) => x + (x > 0 ? 0 : x));
  expect(out?.data).toHaveLength(64);
  for (const [at, value] of expected.entries()) expect(out?.data[at]).toBeCloseTo(value, 5);
});
