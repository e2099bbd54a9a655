import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aligned, type GgufTensor, ggufHeader, tensorBytes, writeGguf } from '../../../bench/language/gguf.ts';
import { makeTempFolder } from '../importer/checkpointFiles.ts';

const tensors: GgufTensor[] = [
  { name: 'a', type: 'Q4_0', dims: [64, 3] },
  { name: 'b', type: 'F32', dims: [5] },
  { name: 'c', type: 'Q6_K', dims: [256, 2] },
];

describe('a GGUF header', () => {
  it('begins with the magic, version 3 and the counts of tensors and of metadata', () => {
    const header = ggufHeader({ 'general.architecture': { text: 'qwen2' } }, tensors);
    expect(header.subarray(0, 4).toString()).toBe('GGUF');
    expect(header.readUInt32LE(4)).toBe(3);
    expect(header.readBigUInt64LE(8)).toBe(3n);
    expect(header.readBigUInt64LE(16)).toBe(1n);
  });

  it('writes metadata as key, type and value', () => {
    const values = { n: { u32: 7 }, x: { f32: 0.5 }, t: { text: 'hi' }, l: { texts: ['a', 'bc'] } };
    const header = ggufHeader(values, []);
    const n = 24;
    expect(header.readBigUInt64LE(n)).toBe(1n);
    expect(header.toString('latin1', n + 8, n + 9)).toBe('n');
    expect([header.readUInt32LE(n + 9), header.readUInt32LE(n + 13)]).toEqual([4, 7]);
    const x = n + 17;
    expect([header.readUInt32LE(x + 9), header.readFloatLE(x + 13)]).toEqual([6, 0.5]);
    const t = x + 17;
    expect([header.readUInt32LE(t + 9), header.readBigUInt64LE(t + 13)]).toEqual([8, 2n]);
    expect(header.toString('latin1', t + 21, t + 23)).toBe('hi');
    const l = t + 23;
    expect([header.readUInt32LE(l + 9), header.readUInt32LE(l + 13)]).toEqual([9, 8]);
    expect([header.readBigUInt64LE(l + 17), header.readBigUInt64LE(l + 25)]).toEqual([2n, 1n]);
    expect(header.toString('latin1', l + 42, l + 44)).toBe('bc');
  });

  it('lists each tensor with its dimensions, type and offset, every offset and its own end at a multiple of 32', () => {
    const header = ggufHeader({}, tensors);
    let at = 24;
    const found = tensors.map(() => {
      const name = header.toString('latin1', at + 8, at + 9);
      const count = header.readUInt32LE(at + 9);
      const dims = Array.from({ length: count }, (_, i) => Number(header.readBigUInt64LE(at + 13 + 8 * i)));
      at += 13 + 8 * count;
      const entry = { name, dims, type: header.readUInt32LE(at), offset: Number(header.readBigUInt64LE(at + 4)) };
      at += 12;
      return entry;
    });
    expect(found).toEqual([
      { name: 'a', dims: [64, 3], type: 2, offset: 0 },
      { name: 'b', dims: [5], type: 0, offset: 128 }, // 108 bytes before it
      { name: 'c', dims: [256, 2], type: 14, offset: 160 },
    ]);
    expect(header.length % 32).toBe(0);
    expect(header.length - at).toBeLessThan(32);
  });
});

describe('the bytes of a tensor', () => {
  it('are whole blocks: 18 for 32 values, 210 for 256', () => {
    expect(tensors.map(tensorBytes)).toEqual([108, 20, 420]);
  });

  it('cannot be told for rows that are no whole number of blocks', () => {
    expect(() => tensorBytes({ name: 'w', type: 'Q4_0', dims: [33, 2] })).toThrow('w: rows of 33 values');
  });
});

describe('a GGUF file', () => {
  let temp: Awaited<ReturnType<typeof makeTempFolder>>;
  beforeEach(async () => {
    temp = await makeTempFolder();
  });
  afterEach(() => temp.remove());

  it('holds every tensor at its offset behind the header', async () => {
    const file = join(temp.path, 'model.gguf');
    const bytes = await writeGguf(file, {}, tensors, (tensor) => [
      Buffer.alloc(10, tensor.name),
      Buffer.alloc(tensorBytes(tensor) - 10, tensor.name),
    ]);
    const content = await readFile(file);
    expect(content.length).toBe(bytes);
    const start = ggufHeader({}, tensors).length;
    expect(content.toString('latin1', start, start + 108)).toBe('a'.repeat(108));
    expect(content.subarray(start + 108, start + 128).every((byte) => byte === 0)).toBe(true);
    expect(content.toString('latin1', start + 128, start + 148)).toBe('b'.repeat(20));
    expect(content.toString('latin1', start + 160, start + 580)).toBe('c'.repeat(420));
    expect(bytes).toBe(start + 160 + aligned(420));
  });

  it('is refused when a tensor is given too little', async () => {
    const file = join(temp.path, 'model.gguf');
    await expect(writeGguf(file, {}, tensors, () => [Buffer.alloc(1)])).rejects.toThrow('a has 108 bytes');
  });
});
