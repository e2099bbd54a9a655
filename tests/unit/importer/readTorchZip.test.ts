import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTorchZip } from '../../../src/main/importing/checkpoint/readTorchZip.ts';
import { readValues } from '../../../src/main/importing/checkpoint/storedTensor.ts';
import { unpickleTensors } from '../../../src/main/importing/checkpoint/unpickleTensors.ts';
import { makeTempFolder } from './checkpointFiles.ts';

/** Written by torch.save, version 2. */
const fixtures = new URL('../../fixtures/importer/', import.meta.url).pathname;

describe('a torch file', () => {
  it('gives the tensors that torch saved: types, shapes, parameters, views and values', async () => {
    const { tensors, problems } = await readTorchZip(join(fixtures, 'table.bin'));
    expect(problems).toEqual([]);
    expect(Object.fromEntries(tensors.map(({ name, dtype, shape }) => [name, [dtype, shape]]))).toEqual({
      'model.floats': ['F32', [2, 3]],
      'model.halves': ['F16', [2]],
      'model.brain': ['BF16', [1, 2, 1]],
      'model.view': ['F32', [2, 3]],
      'model.whole': ['F32', [12]],
      'model.scalar': ['F32', []],
      'model.ids': ['I64', [3]],
    });
    const handle = await open(join(fixtures, 'table.bin'), 'r');
    const valuesOf = async (name: string, count: number) => {
      const tensor = tensors.find((each) => each.name === name);
      if (!tensor) throw new Error(name);
      return [...(await readValues(handle, tensor, 0, count))];
    };
    expect(await valuesOf('model.floats', 6)).toEqual([1.5, -2, 3.25, 4, 5.5, -6.75]);
    expect(await valuesOf('model.halves', 2)).toEqual([0.5, -1.25]);
    expect(await valuesOf('model.brain', 2)).toEqual([1, -3]);
    expect(await valuesOf('model.view', 6)).toEqual([4, 5, 6, 7, 8, 9]);
    await handle.close();
  });

  it.each([
    ['harmful.bin', /names posix\.system/],
    ['transposed.bin', /not contiguous/],
    ['nested.bin', /state_dict is not a tensor/],
    ['legacy.bin', /cannot be read as a torch file/],
  ])('that is more than a plain table of tensors is refused: %s', async (file, reason) => {
    const { tensors, problems } = await readTorchZip(join(fixtures, file));
    expect(tensors).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(reason)]);
  });

  it('that is empty or truncated is refused by name', async () => {
    const temp = await makeTempFolder();
    try {
      const whole = await readFile(join(fixtures, 'table.bin'));
      for (const bytes of [0, 100, whole.length >> 1, whole.length - 1]) {
        await writeFile(join(temp.path, 'audio_tower.bin'), whole.subarray(0, bytes));
        const { problems } = await readTorchZip(join(temp.path, 'audio_tower.bin'));
        expect(problems).toEqual([expect.stringContaining('audio_tower.bin cannot be read')]);
      }
    } finally {
      await temp.remove();
    }
  });
});

describe('the pickle parser', () => {
  const text = (value: string) => [0x58, value.length, 0, 0, 0, ...Buffer.from(value)]; // BINUNICODE
  const global = (module: string, name: string) => [0x63, ...Buffer.from(`${module}\n${name}\n`)];
  const pickle = (...parts: number[][]) => Uint8Array.from([0x80, 2, ...parts.flat(), 0x2e]);
  const storage = (type: string, count: number) => [
    ...[0x28, ...text('storage'), ...global('torch', type), ...text('0'), ...text('cpu'), 0x4b, count, 0x74, 0x51],
  ];
  const tensor = (count: number, offset: number, size: number, stride: number) => [
    ...global('torch._utils', '_rebuild_tensor_v2'),
    ...[
      0x28,
      ...storage('FloatStorage', count),
      0x4b,
      offset,
      0x4b,
      size,
      0x85,
      0x4b,
      stride,
      0x85,
      0x89,
      0x7d,
      0x74,
      0x52,
    ],
  ];

  it('reads the smallest table of one tensor', () => {
    const table = unpickleTensors(pickle([0x7d], text('a'), tensor(4, 1, 3, 1), [0x73]));
    expect(table).toEqual(new Map([['a', { dtype: 'F32', key: '0', storageCount: 4, offset: 1, shape: [3] }]]));
  });

  it.each([
    ['os', 'system'],
    ['builtins', 'eval'],
    ['builtins', 'exec'],
    ['torch', 'load'],
    ['torch', '__proto__'],
    ['torch', 'constructor'],
    ['torch.FloatStorage', 'x'],
    ['torch._utils', '_rebuild_sparse_tensor'],
    ['collections', 'defaultdict'],
  ])('refuses the name %s.%s', (module, name) => {
    expect(() => unpickleTensors(pickle(global(module, name), [0x29, 0x52]))).toThrow(`${module}.${name}`);
  });

  it('refuses every opcode that no table of tensors needs', () => {
    const known = [...'.(})tN\x80\x85\x86\x87\x88\x89KMJ\x8aXqrhjcQRbsu'].map((letter) => letter.charCodeAt(0));
    for (let opcode = 0; opcode < 256; opcode++) {
      if (known.includes(opcode)) continue;
      expect(() => unpickleTensors(Uint8Array.from([0x80, 2, opcode, 0, 0, 0, 0, 0, 0x2e]))).toThrow(/opcode/);
    }
  });

  it('refuses a tensor that reaches beyond its storage', () => {
    expect(() => unpickleTensors(pickle([0x7d], text('a'), tensor(4, 2, 3, 1), [0x73]))).toThrow(
      /larger than its storage/,
    );
  });

  it('ends with a table or an error for any damage, and never with anything else', () => {
    const sound = pickle([0x7d], text('a'), tensor(4, 1, 3, 1), [0x73]);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 4 }), (changes) => {
        const damaged = sound.slice();
        for (const [place, byte] of changes) damaged[place] = byte;
        try {
          for (const { offset, shape, storageCount } of unpickleTensors(damaged).values())
            expect(offset + shape.reduce((a, b) => a * b, 1)).toBeLessThanOrEqual(storageCount);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
