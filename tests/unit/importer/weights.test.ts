/// <reference lib="esnext.float16" />
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../src/main/importing/checkpoint/openCheckpoint.ts';
import { readValues } from '../../../src/main/importing/checkpoint/storedTensor.ts';
import {
  computedWeight,
  mapRows,
  readAll,
  sliceRows,
  stackRows,
  Weights,
} from '../../../src/main/importing/checkpoint/weights.ts';
import { Problems } from '../../../src/main/importing/problems.ts';
import { encodeSafetensors, makeTempFolder, type TensorBytes } from './checkpointFiles.ts';

let temp: Awaited<ReturnType<typeof makeTempFolder>>;
beforeEach(async () => {
  temp = await makeTempFolder();
});
afterEach(() => temp.remove());

/** Any bit pattern of a finite number, as bytes, and as the 32-bit float that it stands for. */
const encodings = {
  F32: {
    width: 4,
    floatOf: (bytes: Buffer) => bytes.readFloatLE(0),
  },
  BF16: {
    width: 2,
    floatOf: (bytes: Buffer) => Buffer.from([0, 0, ...bytes]).readFloatLE(0),
  },
  F16: {
    width: 2,
    floatOf: (bytes: Buffer) => new Float16Array(Uint8Array.from(bytes).buffer)[0] as number,
  },
};
const tensorArbitrary = fc
  .record({
    dtype: fc.constantFrom('F32' as const, 'BF16' as const, 'F16' as const),
    rows: fc.integer({ min: 1, max: 5 }),
    columns: fc.integer({ min: 1, max: 7 }),
    bytes: fc.uint8Array({ minLength: 140, maxLength: 140 }),
  })
  .map(({ dtype, rows, columns, bytes }) => {
    const { width, floatOf } = encodings[dtype];
    const count = rows * columns;
    const kept = Buffer.from(bytes.subarray(0, count * width));
    const floats = Array.from({ length: count }, (_, i) => floatOf(kept.subarray(i * width, (i + 1) * width)));
    // NaN and infinity are problems, and have their own tests.
    floats.forEach((value, i) => {
      if (!Number.isFinite(value)) kept.fill(0, i * width, (i + 1) * width);
    });
    const values = Float32Array.from(floats, (value) => (Number.isFinite(value) ? value : 0));
    return { dtype, shape: [rows, columns], bytes: new Uint8Array(kept), values };
  });

async function opened(tensors: Record<string, TensorBytes>) {
  await writeFile(join(temp.path, 'model.safetensors'), encodeSafetensors(new Map(Object.entries(tensors))));
  const problems = new Problems(temp.path);
  const checkpoint = await openCheckpoint(temp.path, problems);
  expect(problems.count).toBe(0);
  return { checkpoint, weights: new Weights(checkpoint, problems), problems };
}

describe('values read from a safetensors file', () => {
  it('are those that were written, to the bit, whatever their type and whatever stands before them', async () => {
    await fc.assert(
      fc.asyncProperty(tensorArbitrary, tensorArbitrary, async (first, second) => {
        const { checkpoint, weights, problems } = await opened({ first, second });
        for (const [name, { shape, values }] of Object.entries({ first, second }))
          expect(await readAll(weights.get(name, shape))).toEqual(values);
        await checkpoint.close();
        expect(problems.count).toBe(0);
      }),
    );
  });

  it('are the same when only a part is read', async () => {
    await fc.assert(
      fc.asyncProperty(tensorArbitrary, fc.nat(), fc.nat(), async (tensor, from, length) => {
        const { checkpoint } = await opened({ other: tensor, tensor });
        const start = from % tensor.values.length;
        const count = length % (tensor.values.length - start + 1);
        const stored = checkpoint.tensors.get('tensor');
        if (!stored) throw new Error('the tensor was written');
        const part = await readValues(await checkpoint.handle(stored.file), stored, start, count);
        expect(part).toEqual(tensor.values.slice(start, start + count));
        await checkpoint.close();
      }),
    );
  });
});

describe('rows', () => {
  const matrix = (rows: number, columns: number, name = 'matrix') =>
    computedWeight(name, [rows, columns], async () => Float32Array.from({ length: rows * columns }, (_, i) => i));

  it('that are cut apart and stacked again are the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        async (rows, columns, at) => {
          const whole = matrix(rows, columns);
          const cut = at % (rows + 1);
          const parts = [sliceRows(whole, 'top', 0, cut), sliceRows(whole, 'bottom', cut, rows)];
          const again = stackRows('again', parts);
          expect(again.shape).toEqual([rows, columns]);
          expect(await readAll(again)).toEqual(await readAll(whole));
        },
      ),
    );
  });

  it('are rewritten one by one', async () => {
    const turned = mapRows(matrix(3, 4), [3, 4], (row) => row.toReversed());
    expect([...(await readAll(turned))]).toEqual([3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8]);
  });
});
