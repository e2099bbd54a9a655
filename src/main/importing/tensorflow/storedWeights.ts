/**
 * The weights of a TensorFlow.js graph: tensors one after the other in little-endian bytes, as the manifest lists them,
 * fp32 numbers perhaps stored as fp16 or as 8 or 16 bits with a scale. Source: tfjs-core `io_utils.ts`, `decodeWeights`.
 */
/// <reference lib="esnext.float16" />

import * as z from 'zod';

const quantizations = ['uint8', 'uint16', 'float16'] as const;
export const weightEntrySchema = z.object({
  name: z.string(),
  shape: z.array(z.number().int().min(0)),
  dtype: z.enum(['float32', 'int32', 'bool']),
  quantization: z
    .object({ dtype: z.enum(quantizations), scale: z.number().optional(), min: z.number().optional() })
    .optional(),
});
export type WeightEntry = z.infer<typeof weightEntrySchema>;

/** Whole numbers of every width are 64 bits here, as ONNX wants its shapes and indices. */
export type ConstantData = Float32Array<ArrayBuffer> | BigInt64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

export interface Constant {
  dims: number[];
  data: ConstantData;
}

const storedBytes = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 } as const;

/** Bytes of the weight file that these weights take. */
export function weightBytes(entries: readonly WeightEntry[]): number {
  return entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
}

/** Every weight by name. @param bytes as many as `weightBytes` says */
export function decodeWeights(entries: readonly WeightEntry[], bytes: Uint8Array<ArrayBuffer>): Map<string, Constant> {
  const weights = new Map<string, Constant>();
  let offset = 0;
  for (const entry of entries) {
    const length = entryBytes(entry);
    // A copy begins at a multiple of every size.
    weights.set(entry.name, { dims: entry.shape, data: decodeEntry(entry, bytes.slice(offset, offset + length)) });
    offset += length;
  }
  return weights;
}

function entryBytes({ shape, dtype, quantization }: WeightEntry): number {
  return countOf(shape) * storedBytes[quantization?.dtype ?? dtype];
}

export function countOf(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}

function decodeEntry({ dtype, quantization }: WeightEntry, { buffer }: Uint8Array<ArrayBuffer>): ConstantData {
  const numbers = quantization ? dequantize(quantization, buffer) : new { ...plainArrays }[dtype](buffer);
  if (dtype === 'bool') return new Uint8Array(numbers);
  if (dtype === 'int32') return BigInt64Array.from(numbers as Int32Array, (value) => BigInt(Math.round(value)));
  return numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);
}

const plainArrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };
const quantizedArrays = { uint8: Uint8Array, uint16: Uint16Array };

function dequantize(
  { dtype, scale = 1, min = 0 }: NonNullable<WeightEntry['quantization']>,
  buffer: ArrayBuffer,
): Float32Array<ArrayBuffer> {
  if (dtype === 'float16') return new Float32Array(new Float16Array(buffer));
  return Float32Array.from(new quantizedArrays[dtype](buffer), (code) => code * scale + min);
}
