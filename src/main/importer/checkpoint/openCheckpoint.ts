/** A checkpoint folder as one table of tensors, whatever files they lie in. Only headers are read here. */
import { type FileHandle, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Problems } from '../problems.ts';
import { canonicalName } from './canonicalName.ts';
import { readSafetensorsHeader } from './readSafetensorsHeader.ts';
import { readTorchZip } from './readTorchZip.ts';
import type { StoredTensor } from './storedTensor.ts';

const indexSchema = z.object({ weight_map: z.record(z.string(), z.string()) });
/** Parts that the reference saves beside the language model, as torch zip files. */
const torchFiles = ['mm_projector.bin', 'audio_tower.bin', 'mm_projector_a.bin'];

export class Checkpoint {
  readonly folder: string;
  /** By canonical name. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly #handles = new Map<string, Promise<FileHandle>>();

  constructor(folder: string, tensors: ReadonlyMap<string, StoredTensor>) {
    this.folder = folder;
    this.tensors = tensors;
  }

  /** One handle per file, opened when first needed. */
  handle(file: string): Promise<FileHandle> {
    const known = this.#handles.get(file);
    if (known) return known;
    const opened = open(file, 'r');
    this.#handles.set(file, opened);
    return opened;
  }

  async close(): Promise<void> {
    for (const handle of this.#handles.values()) await (await handle).close();
    this.#handles.clear();
  }
}

/** Whatever is wrong with the files goes to `problems`; what can be read is in the table. */
export async function openCheckpoint(folder: string, problems: Problems): Promise<Checkpoint> {
  const names = await readdir(folder).catch(() => null);
  if (names === null) {
    problems.add(`${folder} is not a folder that can be read`);
    return new Checkpoint(folder, new Map());
  }
  const tensors = new Map<string, StoredTensor>();
  for (const found of [
    ...(await safetensorsOf(folder, names, problems)),
    ...(await torchTensorsOf(folder, names, problems)),
  ]) {
    const name = canonicalName(found.name);
    const other = tensors.get(name);
    // A part that stands both in the shards and in its own file is the same part.
    if (other && !torchFiles.some((file) => found.file.endsWith(file))) problems.add(`${name} stands in two files`);
    if (!other) tensors.set(name, found);
  }
  if (tensors.size === 0 && problems.count === 0) problems.add('the folder holds no weights (no safetensors file)');
  return new Checkpoint(folder, tensors);
}

async function safetensorsOf(folder: string, names: string[], problems: Problems): Promise<StoredTensor[]> {
  const weightMap = names.includes('model.safetensors.index.json') ? await readIndex(folder, problems) : null;
  const files = weightMap
    ? [...new Set(Object.values(weightMap))]
    : names.filter((name) => name === 'model.safetensors');
  const tensors: StoredTensor[] = [];
  for (const file of files.toSorted()) {
    if (!names.includes(file)) {
      problems.add(`${file} is missing (the index names it)`);
      continue;
    }
    const header = await readSafetensorsHeader(join(folder, file));
    header.problems.forEach((problem) => {
      problems.add(problem);
    });
    if (weightMap && header.problems.length === 0) {
      const there = new Set(header.tensors.map((tensor) => tensor.name));
      for (const [name, home] of Object.entries(weightMap))
        if (home === file && !there.has(name))
          problems.add(`${name} is missing from ${file} (the index says it is there)`);
    }
    tensors.push(...header.tensors);
  }
  return tensors;
}

async function readIndex(folder: string, problems: Problems): Promise<Record<string, string> | null> {
  try {
    const text = await readFile(join(folder, 'model.safetensors.index.json'), 'utf8');
    return indexSchema.parse(JSON.parse(text)).weight_map;
  } catch {
    problems.add('model.safetensors.index.json is not an index of shards');
    return null;
  }
}

async function torchTensorsOf(folder: string, names: string[], problems: Problems): Promise<StoredTensor[]> {
  const tensors: StoredTensor[] = [];
  for (const file of torchFiles.filter((name) => names.includes(name))) {
    const found = await readTorchZip(join(folder, file));
    found.problems.forEach((problem) => {
      problems.add(problem);
    });
    tensors.push(...found.tensors);
  }
  return tensors;
}
