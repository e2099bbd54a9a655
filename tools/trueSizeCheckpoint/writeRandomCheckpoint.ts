/** Writes a checkpoint of random bf16 weights in the published layout: shards, index, config, tokenizer. */
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { noise, poolValues } from './noise.ts';
import { type CheckpointSizes, checkpointShapes, type Filling, type ShapeEntry } from './shapes.ts';
import { json, writeSmallFiles } from './smallFiles.ts';

export interface RandomCheckpoint {
  folder: string;
  sizes: CheckpointSizes;
  /** Where tokenizer.json, tokenizer_config.json and chat_template.jinja come from. */
  tokenizerFolder: string;
  shardBytes: number;
  onProgress?: (bytesDone: number, bytesTotal: number) => void;
}

const bf16Bytes = 2;

/** @returns bytes of weights written */
export async function writeRandomCheckpoint(input: RandomCheckpoint): Promise<number> {
  const { folder, sizes, shardBytes, onProgress } = input;
  await mkdir(folder, { recursive: true });
  const shapes = checkpointShapes(sizes);
  const shards = intoShards(shapes, shardBytes);
  const bytesTotal = shapes.reduce((sum, entry) => sum + bytesOf(entry), 0);
  const pool = noisePool();
  const weightMap: Record<string, string> = {};
  let bytesDone = 0;
  for (const [i, entries] of shards.entries()) {
    const file = `model-${numbered(i + 1)}-of-${numbered(shards.length)}.safetensors`;
    for (const { name } of entries) weightMap[name] = file;
    await writeShard(join(folder, file), entries, pool, (bytes) => {
      bytesDone += bytes;
      onProgress?.(bytesDone, bytesTotal);
    });
  }
  const index = { metadata: { total_size: bytesTotal }, weight_map: weightMap };
  await json(join(folder, 'model.safetensors.index.json'), index);
  await writeSmallFiles(folder, sizes, input.tokenizerFolder);
  return bytesTotal;
}

function intoShards(shapes: ShapeEntry[], shardBytes: number): ShapeEntry[][] {
  const shards: ShapeEntry[][] = [];
  let room = 0;
  for (const entry of shapes) {
    if (shards.length === 0 || bytesOf(entry) > room) {
      shards.push([]);
      room = shardBytes;
    }
    shards.at(-1)?.push(entry);
    room -= bytesOf(entry);
  }
  return shards;
}

async function writeShard(
  file: string,
  entries: ShapeEntry[],
  pool: Uint8Array,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let offset = 0;
  for (const entry of entries) {
    const end = offset + bytesOf(entry);
    header[entry.name] = { dtype: 'BF16', shape: entry.shape, data_offsets: [offset, end] };
    offset = end;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(Buffer.concat([length, text]));
    for (const entry of entries)
      for (const chunk of filled(entry.filling, bytesOf(entry), pool)) {
        await handle.writeFile(chunk);
        onBytes(chunk.length);
      }
  } finally {
    await handle.close();
  }
}

function* filled(filling: Filling, bytes: number, pool: Uint8Array): Generator<Uint8Array> {
  if (filling !== 'noise') {
    // 0x3f80 is one in bf16.
    const pattern = filling === 'ones' ? [0x80, 0x3f] : [0, 0];
    yield Buffer.alloc(bytes, Buffer.from(pattern));
    return;
  }
  let start = bf16Bytes * Math.floor(Math.random() * poolValues);
  for (let left = bytes; left > 0; ) {
    const chunk = pool.subarray(start, Math.min(pool.length, start + left));
    yield chunk;
    left -= chunk.length;
    start = 0;
  }
}

/** The upper halves of the floats. */
function noisePool(): Uint8Array {
  const halves = Uint16Array.from(new Uint32Array(noise().buffer), (word) => word >>> 16);
  return new Uint8Array(halves.buffer);
}

function bytesOf({ shape }: ShapeEntry): number {
  return shape.reduce((product, size) => product * size, bf16Bytes);
}

function numbered(value: number): string {
  return String(value).padStart(5, '0');
}
