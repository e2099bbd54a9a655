/**
 * The header of a safetensors file: 8 bytes of length, JSON, then the values without holes.
 * Source of the rules: the format's own page (huggingface/safetensors, README "Format").
 */
import { basename } from 'node:path';
import * as z from 'zod';
import { openRegularFile } from '../../ports/regularFile.ts';
import { countOf, type StoredDtype, type StoredTensor, storedDtypes } from './storedTensor.ts';
import { reasonOf } from './unreadable.ts';

export const headerLimitBytes = 100_000_000;
/** The largest checkpoints list some ten thousand. */
const mostTensors = 100_000;

const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(z.int().min(0)).max(16),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});

export interface SafetensorsHeader {
  tensors: StoredTensor[];
  /** What is wrong with the file, in words that name it; empty for a sound one. */
  problems: string[];
}

/** Reads nothing but the header; never throws for what stands in the file. */
export async function readSafetensorsHeader(file: string): Promise<SafetensorsHeader> {
  const handle = await openRegularFile(file).catch((thrown: unknown) => reasonOf(thrown));
  if (typeof handle === 'string') return broken(file, handle);
  try {
    const { size } = await handle.stat();
    if (size === 0) return broken(file, 'is empty');
    const lengthBytes = new DataView(new ArrayBuffer(8));
    if (size < 8) return broken(file, `is too short to be a safetensors file (${size} bytes)`);
    await handle.read(lengthBytes, 0, 8, 0);
    const headerBytes = Number(lengthBytes.getBigUint64(0, true));
    if (headerBytes > headerLimitBytes)
      return broken(file, `says its header has ${headerBytes} bytes, more than the limit of ${headerLimitBytes}`);
    if (8 + headerBytes > size)
      return broken(file, `is truncated inside its header (${8 + headerBytes} bytes needed, ${size} there)`);
    const text = new Uint8Array(headerBytes);
    await handle.read(text, 0, headerBytes, 8);
    return parseSafetensorsHeader(text, file, size);
  } finally {
    await handle.close();
  }
}

/** As `readSafetensorsHeader`, from the header's JSON bytes and the size of the whole file. */
export function parseSafetensorsHeader(text: Uint8Array, file: string, fileBytes: number): SafetensorsHeader {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch {
    return broken(file, 'has a header that is not JSON');
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return broken(file, 'has a header that is not a JSON object');

  const count = Object.keys(json).length;
  if (count > mostTensors) return broken(file, `lists ${count} tensors, more than the limit of ${mostTensors}`);

  const name = basename(file);
  const dataStart = 8 + text.length;
  const tensors: StoredTensor[] = [];
  const problems: string[] = [];
  for (const [key, value] of Object.entries(json)) {
    if (key === '__metadata__') continue;
    const entry = entrySchema.safeParse(value);
    if (!entry.success) {
      problems.push(`${name}: the entry of ${key} is malformed`);
      continue;
    }
    const { dtype, shape, data_offsets: range } = entry.data;
    if (!Object.hasOwn(storedDtypes, dtype)) {
      problems.push(`${name}: ${key} has the unknown dtype ${dtype}`);
      continue;
    }
    const [begin, end] = range;
    const expected = countOf(shape) * storedDtypes[dtype as StoredDtype];
    if (end - begin !== expected)
      problems.push(
        `${name}: ${key} has offsets for ${end - begin} bytes, its shape (${shape.join(', ')}) of ${dtype} needs ${expected}`,
      );
    tensors.push({
      name: key,
      dtype: dtype as StoredDtype,
      shape,
      file,
      offset: dataStart + begin,
      bytes: expected,
    });
  }
  if (problems.length === 0) problems.push(...layoutProblems(tensors, name, dataStart, fileBytes));
  return { tensors, problems };
}

/** Values must follow one another without holes or overlaps and end where the file ends. */
function layoutProblems(tensors: StoredTensor[], name: string, dataStart: number, fileBytes: number): string[] {
  let expected = dataStart;
  for (const tensor of tensors.toSorted((a, b) => a.offset - b.offset || a.bytes - b.bytes)) {
    if (tensor.offset !== expected)
      return [`${name}: the values of ${tensor.name} start at byte ${tensor.offset}, expected ${expected}`];
    expected += tensor.bytes;
  }
  if (expected > fileBytes) return [`${name} is truncated: ${expected} bytes expected, ${fileBytes} there`];
  if (expected < fileBytes) return [`${name} has ${fileBytes - expected} bytes that belong to no tensor`];
  return [];
}

function broken(file: string, what: string): SafetensorsHeader {
  return { tensors: [], problems: [`${basename(file)} ${what}`] };
}
