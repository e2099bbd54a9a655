/** A tensor as it lies in a checkpoint's file, and its values as 32-bit floats. */
/// <reference lib="esnext.float16" />
import type { FileHandle } from 'node:fs/promises';

export const storedDtypes = {
  F32: 4,
  F16: 2,
  BF16: 2,
  F64: 8,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const;
export type StoredDtype = keyof typeof storedDtypes;

export interface StoredTensor {
  name: string;
  dtype: StoredDtype;
  shape: number[];
  /** Absolute path, and the first byte of the values in it. */
  file: string;
  offset: number;
  bytes: number;
}

export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Values of these types can be weights. */
export function isFloatDtype(dtype: StoredDtype): dtype is 'F32' | 'F16' | 'BF16' {
  return dtype === 'F32' || dtype === 'F16' || dtype === 'BF16';
}

/** `count` values of the flattened tensor from `start` on, as floats. */
export async function readValues(
  handle: FileHandle,
  tensor: StoredTensor,
  start: number,
  count: number,
): Promise<Float32Array<ArrayBuffer>> {
  const width = storedDtypes[tensor.dtype];
  const bytes = new Uint8Array(count * width);
  let filled = 0;
  while (filled < bytes.length) {
    const position = tensor.offset + start * width + filled;
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, position);
    if (bytesRead === 0) throw new Error(`${tensor.file} ended inside ${tensor.name}`);
    filled += bytesRead;
  }
  return toFloats(bytes, tensor.dtype);
}

/** Little-endian bytes of a float type as 32-bit floats. */
export function toFloats(bytes: Uint8Array<ArrayBuffer>, dtype: StoredDtype): Float32Array<ArrayBuffer> {
  if (dtype === 'F32') return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  if (dtype === 'F16') return new Float32Array(new Float16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2));
  if (dtype !== 'BF16') throw new Error(`${dtype} values are not weights`);
  // bf16 is the upper half of a 32-bit float.
  const halves = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  const words = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) words[i] = (halves[i] as number) << 16;
  return new Float32Array(words.buffer);
}
