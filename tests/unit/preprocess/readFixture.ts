import { readFileSync } from 'node:fs';

const folder = new URL('../../fixtures/preprocess/', import.meta.url);

export interface FixtureTensor {
  shape: number[];
  data: Float32Array | Uint8Array | Int16Array;
}

export function readJsonFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T;
}

/** Reads one tensor of a little safetensors file. */
export function readTensor(name: string, tensor: string): FixtureTensor {
  const file = readFileSync(new URL(name, folder));
  const headerSize = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString('utf8', 8, 8 + headerSize));
  const { dtype, shape, data_offsets } = header[tensor];
  const start = file.byteOffset + 8 + headerSize;
  const bytes = file.buffer.slice(start + data_offsets[0], start + data_offsets[1]) as ArrayBuffer;
  const view = { F32: Float32Array, U8: Uint8Array, I16: Int16Array }[dtype as 'F32' | 'U8' | 'I16'];
  return { shape, data: new view(bytes) };
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs((a[i] as number) - (b[i] as number)));
  return largest;
}
