/** Small checkpoints for tests: real ones from the fixtures, changed before they are written. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCheckpoint } from '../../../src/main/importing/checkpoint/openCheckpoint.ts';
import { Problems } from '../../../src/main/importing/problems.ts';

export const parityFolder = new URL('../../fixtures/parity/', import.meta.url).pathname;

export interface TensorBytes {
  dtype: string;
  shape: number[];
  bytes: Uint8Array;
}
export type Tensors = Map<string, TensorBytes>;

/** A folder of one test's own; `remove` it when the test is done. */
export async function makeTempFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'playhead-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export function encodeSafetensors(tensors: Tensors): Buffer {
  let offset = 0;
  const header: Record<string, unknown> = {};
  for (const [name, { dtype, shape, bytes }] of tensors) {
    header[name] = { dtype, shape, data_offsets: [offset, offset + bytes.length] };
    offset += bytes.length;
  }
  return withHeader(JSON.stringify(header), Buffer.concat([...tensors.values()].map(({ bytes }) => bytes)));
}

/** A file of this header text and these values, whatever they say. */
export function withHeader(header: string, values: Uint8Array): Buffer {
  const text = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, values]);
}

export async function readTensors(folder: string): Promise<Tensors> {
  const checkpoint = await openCheckpoint(folder, new Problems(folder));
  const files = new Map<string, Buffer>();
  for (const { file } of checkpoint.tensors.values()) if (!files.has(file)) files.set(file, await readFile(file));
  const tensors: Tensors = new Map();
  for (const [name, { file, offset, bytes, dtype, shape }] of checkpoint.tensors)
    tensors.set(name, { dtype, shape, bytes: files.get(file)?.subarray(offset, offset + bytes) ?? new Uint8Array() });
  return tensors;
}

/** A parity checkpoint as a single file in `target`, after `change` had its way with tensors and config. */
export async function writeChanged(
  name: string,
  target: string,
  change: (tensors: Tensors, config: Record<string, unknown>) => void = () => {},
): Promise<void> {
  const source = join(parityFolder, name);
  await cp(source, target, { recursive: true, filter: (path) => !/(model-\d|model\.safetensors|expected)/.test(path) });
  const tensors = await readTensors(source);
  const config = JSON.parse(await readFile(join(source, 'config.json'), 'utf8'));
  change(tensors, config);
  await writeFile(join(target, 'config.json'), JSON.stringify(config));
  await writeFile(join(target, 'model.safetensors'), encodeSafetensors(tensors));
}
