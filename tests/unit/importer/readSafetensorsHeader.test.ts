import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  headerLimitBytes,
  parseSafetensorsHeader,
  readSafetensorsHeader,
} from '../../../src/main/importing/checkpoint/readSafetensorsHeader.ts';
import { storedDtypes } from '../../../src/main/importing/checkpoint/storedTensor.ts';
import { encodeSafetensors, makeTempFolder, type Tensors, withHeader } from './checkpointFiles.ts';

const tensorArbitrary = fc
  .record({
    dtype: fc.constantFrom(...(Object.keys(storedDtypes) as (keyof typeof storedDtypes)[])),
    shape: fc.array(fc.nat(5), { maxLength: 4 }),
  })
  .map(({ dtype, shape }) => {
    const count = shape.reduce((product, size) => product * size, 1);
    return { dtype, shape, bytes: new Uint8Array(count * storedDtypes[dtype]) };
  });
const tensorsArbitrary = fc
  .dictionary(
    fc.string({ minLength: 1, maxLength: 12 }).filter((name) => name !== '__metadata__' && name !== '__proto__'),
    tensorArbitrary,
  )
  .map((dictionary): Tensors => new Map(Object.entries(dictionary)));

const parse = (file: Buffer, size = file.length) => {
  const length = Number(file.readBigUInt64LE(0));
  return parseSafetensorsHeader(file.subarray(8, 8 + length), 'model.safetensors', size);
};

describe('the safetensors header', () => {
  it('gives back every tensor that was written, whatever its name, type and shape', () => {
    fc.assert(
      fc.property(tensorsArbitrary, (tensors) => {
        const file = encodeSafetensors(tensors);
        const read = parse(file);
        expect(read.problems).toEqual([]);
        expect(new Set(read.tensors.map(({ name }) => name))).toEqual(new Set(tensors.keys()));
        for (const { name, dtype, shape, bytes, offset } of read.tensors) {
          const written = tensors.get(name);
          expect({ dtype, shape, bytes }).toEqual({
            dtype: written?.dtype,
            shape: written?.shape,
            bytes: written?.bytes.length,
          });
          expect(offset + bytes).toBeLessThanOrEqual(file.length);
        }
      }),
    );
  });

  it('finds every truncation and every byte too many', () => {
    fc.assert(
      fc.property(tensorsArbitrary, fc.integer({ min: -40, max: 40 }), (tensors, change) => {
        fc.pre(change !== 0);
        const file = encodeSafetensors(tensors);
        expect(parse(file, file.length + change).problems).not.toEqual([]);
      }),
    );
  });

  it('never throws and never points outside the file, however the header is damaged', () => {
    fc.assert(
      fc.property(tensorsArbitrary, fc.nat(), fc.nat(255), (tensors, place, byte) => {
        const file = encodeSafetensors(tensors);
        const length = Number(file.readBigUInt64LE(0));
        file[8 + (place % length)] = byte;
        const read = parse(file);
        if (read.problems.length > 0) return;
        for (const { offset, bytes } of read.tensors) expect(offset + bytes).toBeLessThanOrEqual(file.length);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws for arbitrary JSON', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        parse(withHeader(json, new Uint8Array(8)));
      }),
    );
  });

  it('names offsets that do not fit the shape, overlaps, holes and unknown types', () => {
    const of = (entries: Record<string, [string, number[], number, number]>, bytes: number) => {
      const header = Object.entries(entries).map(([name, [dtype, shape, begin, end]]) => [
        name,
        { dtype, shape, data_offsets: [begin, end] },
      ]);
      return parse(withHeader(JSON.stringify(Object.fromEntries(header)), new Uint8Array(bytes))).problems;
    };
    expect(of({ a: ['F32', [2, 3], 0, 20] }, 20)).toEqual([
      'model.safetensors: a has offsets for 20 bytes, its shape (2, 3) of F32 needs 24',
    ]);
    expect(of({ a: ['F32', [2], 0, 8], b: ['F32', [2], 4, 12] }, 12)[0]).toMatch(/values of b start at byte/);
    expect(of({ a: ['F32', [2], 0, 8], b: ['F32', [2], 12, 20] }, 20)[0]).toMatch(/values of b start at byte/);
    expect(of({ a: ['F7', [2], 0, 8] }, 8)).toEqual(['model.safetensors: a has the unknown dtype F7']);
    expect(of({ a: ['F32', [2 ** 40, 2 ** 40], 0, 8] }, 8)).toHaveLength(1);
  });

  it('reports an empty file, a file that is too short, and a header over the limit, from disk', async () => {
    const temp = await makeTempFolder();
    const file = join(temp.path, 'model.safetensors');
    const problemsOf = async (bytes: Uint8Array) => {
      await writeFile(file, bytes);
      return (await readSafetensorsHeader(file)).problems;
    };
    const length = (value: bigint) => {
      const bytes = Buffer.alloc(16);
      bytes.writeBigUInt64LE(value);
      return bytes;
    };
    try {
      expect(await problemsOf(new Uint8Array(0))).toEqual(['model.safetensors is empty']);
      expect(await problemsOf(new Uint8Array(5))).toEqual([
        'model.safetensors is too short to be a safetensors file (5 bytes)',
      ]);
      expect(await problemsOf(length(BigInt(headerLimitBytes) + 1n))).toEqual([
        expect.stringContaining('more than the limit'),
      ]);
      expect(await problemsOf(length(2n ** 63n))).toEqual([expect.stringContaining('more than the limit')]);
      expect(await problemsOf(length(1000n))).toEqual([expect.stringContaining('truncated inside its header')]);
      expect(await problemsOf(withHeader('[1]', new Uint8Array(0)))).toEqual([
        expect.stringContaining('not a JSON object'),
      ]);
      expect(await problemsOf(withHeader('{"a"', new Uint8Array(0)))).toEqual([expect.stringContaining('not JSON')]);
    } finally {
      await temp.remove();
    }
  });
});

it('a header of 400,000 entries gives one error in words', () => {
  const entry = { dtype: 'F32', shape: [0], data_offsets: [0, 0] };
  const text = JSON.stringify(Object.fromEntries(Array.from({ length: 400_000 }, (_, index) => [`t${index}`, entry])));
  const { problems } = parseSafetensorsHeader(Buffer.from(text), '/c/model.safetensors', 8 + text.length);
  expect(problems).toEqual([expect.stringMatching(/lists 400000 tensors, more than the limit/)]);
});
