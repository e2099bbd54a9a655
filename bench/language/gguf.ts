/**
 * Writes GGUF, llama.cpp's file format, version 3: "GGUF", metadata, the tensors' table, then their bytes, each
 * tensor at a multiple of 32. Source: ggml `docs/gguf.md`.
 */
import { open } from 'node:fs/promises';

/** Storage types by their numbers in the file, with the values and bytes of one block. */
export const ggufTypes = {
  F32: { id: 0, blockValues: 1, blockBytes: 4 },
  /** fp16 scale, 32 codes of 4 bits. */
  Q4_0: { id: 2, blockValues: 32, blockBytes: 18 },
  /** 256 codes of 6 bits, 16 scales of 8 bits, fp16 scale of the scales. */
  Q6_K: { id: 14, blockValues: 256, blockBytes: 210 },
} as const;
export type GgufType = keyof typeof ggufTypes;

export interface GgufTensor {
  name: string;
  type: GgufType;
  /** Fastest first: (columns, rows), the reverse of a checkpoint's order. */
  dims: number[];
}

export type GgufValue = { u32: number } | { f32: number } | { text: string } | { texts: string[] };
export type GgufMetadata = Record<string, GgufValue>;

const version = 3;
const alignment = 32; // bytes
const valueTypes = { u32: 4, f32: 6, text: 8, array: 9 };

/** @throws RangeError when a row is not a whole number of blocks */
export function tensorBytes({ name, type, dims }: GgufTensor): number {
  const { blockValues, blockBytes } = ggufTypes[type];
  const [columns = 1, ...others] = dims;
  if (columns % blockValues !== 0) throw new RangeError(`${name}: rows of ${columns} values do not fit ${type}`);
  return (columns / blockValues) * blockBytes * others.reduce((product, size) => product * size, 1);
}

export function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

/** Everything before the first tensor's bytes, padded to the alignment. */
export function ggufHeader(metadata: GgufMetadata, tensors: readonly GgufTensor[]): Buffer {
  const entries = Object.entries(metadata);
  const parts = [Buffer.from('GGUF'), u32(version), u64(tensors.length), u64(entries.length)];
  for (const [key, value] of entries) parts.push(text(key), encoded(value));
  let offset = 0;
  for (const tensor of tensors) {
    const { name, type, dims } = tensor;
    parts.push(text(name), u32(dims.length), ...dims.map(u64), u32(ggufTypes[type].id), u64(offset));
    offset += aligned(tensorBytes(tensor));
  }
  const header = Buffer.concat(parts);
  return Buffer.concat([header, Buffer.alloc(aligned(header.length) - header.length)]);
}

/**
 * @param fill the bytes of one tensor, in any chunks
 * @returns bytes of the file
 */
export async function writeGguf(
  file: string,
  metadata: GgufMetadata,
  tensors: readonly GgufTensor[],
  fill: (tensor: GgufTensor) => Iterable<Uint8Array>,
): Promise<number> {
  const handle = await open(file, 'w');
  try {
    const header = ggufHeader(metadata, tensors);
    await handle.writeFile(header);
    let total = header.length;
    for (const tensor of tensors) {
      const bytes = tensorBytes(tensor);
      let written = 0;
      for (const chunk of fill(tensor)) {
        await handle.writeFile(chunk);
        written += chunk.length;
      }
      if (written !== bytes) throw new Error(`${tensor.name} has ${bytes} bytes and was given ${written}`);
      await handle.writeFile(Buffer.alloc(aligned(bytes) - bytes));
      total += aligned(bytes);
    }
    return total;
  } finally {
    await handle.close();
  }
}

function encoded(value: GgufValue): Buffer {
  if ('u32' in value) return Buffer.concat([u32(valueTypes.u32), u32(value.u32)]);
  if ('f32' in value) return Buffer.concat([u32(valueTypes.f32), f32(value.f32)]);
  if ('text' in value) return Buffer.concat([u32(valueTypes.text), text(value.text)]);
  const { texts } = value;
  return Buffer.concat([u32(valueTypes.array), u32(valueTypes.text), u64(texts.length), ...texts.map(text)]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function f32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
