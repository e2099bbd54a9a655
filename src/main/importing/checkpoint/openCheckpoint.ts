/** A checkpoint folder as one table of tensors, whatever files they lie in. Only headers are read here. */
import { type FileHandle, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { openRegularFile } from '../../ports/regularFile.ts';
import { Problems } from '../problems.ts';
import { besideParts } from './besideParts.ts';
import { canonicalName } from './canonicalName.ts';
import { readJson } from './readJson.ts';
import { readSafetensorsHeader, type SafetensorsHeader } from './readSafetensorsHeader.ts';
import { readTorchZip } from './readTorchZip.ts';
import type { StoredTensor } from './storedTensor.ts';

const indexSchema = z.object({ weight_map: z.record(z.string(), z.string()) });
const indexFile = 'model.safetensors.index.json';
const singleFile = 'model.safetensors';
const torchModel = 'pytorch_model.bin';
/** Parts that the reference saves beside the language model, as torch zip files, and how their tensors' names begin. */
const torchFiles: Record<string, string> = {
  'mm_projector.bin': 'model.mm_projector.',
  'audio_tower.bin': 'model.audio_tower.',
  'mm_projector_a.bin': 'model.mm_projector_a.',
};

/** What can be said of tensors that are not in the table. */
class Whereabouts {
  /** The shard in which the index puts a tensor, by canonical name. */
  readonly shards = new Map<string, string>();
  /** Names of files with a problem; where the values of their tensors stand cannot be relied on. */
  readonly damaged = new Set<string>();
  /** Names of files of which nothing could be read. */
  readonly unreadable = new Set<string>();

  /** True when a tensor is only missing because its file cannot be read. */
  isUnreadable(name: string): boolean {
    const torchFile = Object.keys(torchFiles).find((file) => name.startsWith(torchFiles[file] as string));
    return this.unreadable.has(this.shards.get(name) ?? singleFile) || this.unreadable.has(torchFile ?? '');
  }
}

export class Checkpoint {
  readonly folder: string;
  /** By canonical name. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly whereabouts: Whereabouts;
  readonly #handles = new Map<string, Promise<FileHandle>>();

  constructor(folder: string, tensors: ReadonlyMap<string, StoredTensor>, whereabouts = new Whereabouts()) {
    this.folder = folder;
    this.tensors = tensors;
    this.whereabouts = whereabouts;
  }

  /** One handle per file, opened when first needed. */
  handle(file: string): Promise<FileHandle> {
    const known = this.#handles.get(file);
    if (known) return known;
    const opened = openRegularFile(file);
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
  const whereabouts = new Whereabouts();
  const names = await readdir(folder).catch(() => null);
  if (names === null) {
    problems.add(`${folder} is not a folder that can be read`);
    return new Checkpoint(folder, new Map(), whereabouts);
  }
  const tensors = new Map<string, StoredTensor>();
  for (const found of [
    ...(await safetensorsOf(folder, names, whereabouts, problems)),
    ...(await torchTensorsOf(folder, names, whereabouts, problems)),
  ]) {
    const name = canonicalName(found.name);
    const other = tensors.get(name);
    // A part that stands both in the shards and in its own file is the same part.
    if (other && !Object.keys(torchFiles).includes(basename(found.file))) problems.add(`${name} stands in two files`);
    if (!other) tensors.set(name, found);
  }
  for (const found of await besideParts(folder, new Set(tensors.keys()), problems, readBeside))
    tensors.set(canonicalName(found.name), found);
  if (tensors.size === 0 && problems.count === 0) {
    problems.add('the folder holds no weights (no safetensors file)');
    whereabouts.unreadable.add(singleFile);
  }
  return new Checkpoint(folder, tensors, whereabouts);
}

/** What can be read in a folder beside; what cannot is missed by name where it is needed. */
async function readBeside(folder: string): Promise<StoredTensor[]> {
  const problems = new Problems(folder);
  const names = await readdir(folder).catch((): string[] => []);
  const parts = await torchTensorsOf(folder, names, new Whereabouts(), problems);
  const whole = names.includes(singleFile) || names.includes(indexFile);
  const shards = whole ? await safetensorsOf(folder, names, new Whereabouts(), problems) : [];
  // A tower that is published as a torch file alone.
  const torch = whole || !names.includes(torchModel) ? [] : (await readTorchZip(join(folder, torchModel))).tensors;
  return [...parts, ...shards, ...torch];
}

async function safetensorsOf(
  folder: string,
  names: string[],
  whereabouts: Whereabouts,
  problems: Problems,
): Promise<StoredTensor[]> {
  const tensors: StoredTensor[] = [];
  for (const file of await safetensorsFiles(folder, names, whereabouts, problems)) {
    const header = await headerOf(folder, file, names);
    header.problems.forEach((problem) => {
      problems.add(problem);
    });
    if (header.problems.length > 0) whereabouts.damaged.add(file);
    if (header.problems.length > 0 && header.tensors.length === 0) whereabouts.unreadable.add(file);
    tensors.push(...header.tensors);
  }
  return tensors;
}

async function headerOf(folder: string, file: string, names: string[]): Promise<SafetensorsHeader> {
  if (!names.includes(file)) return { tensors: [], problems: [`${file} is missing (the index names it)`] };
  return readSafetensorsHeader(join(folder, file));
}

/** The single file, or the shards of the index. */
async function safetensorsFiles(
  folder: string,
  names: string[],
  { shards, unreadable }: Whereabouts,
  problems: Problems,
): Promise<string[]> {
  const weightMap = names.includes(indexFile) ? await readIndex(folder, problems) : null;
  for (const [name, file] of Object.entries(weightMap ?? {})) shards.set(canonicalName(name), file);
  if (weightMap) return [...new Set(Object.values(weightMap))].toSorted();
  if (names.includes(singleFile)) return [singleFile];
  const shard = names.find((name) => /^model-.*\.safetensors$/.test(name));
  if (shard && !names.includes(indexFile))
    problems.add(`${indexFile} is missing, which says what ${shard} is a part of`);
  // Without the index nobody knows what should be where.
  if (shard) unreadable.add(singleFile);
  return [];
}

async function readIndex(folder: string, problems: Problems): Promise<Record<string, string> | null> {
  const before = problems.count;
  const index = await readJson(folder, indexFile, indexSchema, problems);
  if (index === null && problems.count === before) problems.add(`${indexFile} is missing`);
  return index?.weight_map ?? null;
}

async function torchTensorsOf(
  folder: string,
  names: string[],
  whereabouts: Whereabouts,
  problems: Problems,
): Promise<StoredTensor[]> {
  const tensors: StoredTensor[] = [];
  for (const file of Object.keys(torchFiles).filter((name) => names.includes(name))) {
    const found = await readTorchZip(join(folder, file));
    found.problems.forEach((problem) => {
      problems.add(problem);
    });
    if (found.problems.length > 0) whereabouts.unreadable.add(file);
    tensors.push(...found.tensors);
  }
  return tensors;
}
