/**
 * Parts that a checkpoint's own files lack, from the folders in it: a vision tower as it is published alone, an audio
 * tower or a projector (a "-Base" checkpoint). What the checkpoint itself brings always goes first.
 */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Problems } from '../problems.ts';
import { canonicalName } from './canonicalName.ts';
import type { StoredTensor } from './storedTensor.ts';

export const towerPrefix = 'model.vision_tower.vision_tower.';
const partPrefixes = [towerPrefix, 'model.mm_projector.', 'model.audio_tower.', 'model.mm_projector_a.'];

/** What a folder beside holds, by the names that its own files give. */
export type ReadFolder = (folder: string) => Promise<StoredTensor[]>;

/** @param known canonical names that the checkpoint has; a part that two folders bring becomes a problem */
export async function besideParts(
  folder: string,
  known: ReadonlySet<string>,
  problems: Problems,
  read: ReadFolder,
): Promise<StoredTensor[]> {
  const lacking = partPrefixes.filter((prefix) => ![...known].some((name) => name.startsWith(prefix)));
  if (lacking.length === 0) return [];
  const taken = new Map<string, { from: string; tensors: StoredTensor[] }>();
  for (const entry of (await readdir(folder, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isDirectory()) continue;
    const tensors = (await read(join(folder, entry.name))).map(inCheckpoint);
    for (const prefix of lacking) {
      const part = tensors.filter(({ name }) => canonicalName(name).startsWith(prefix));
      const other = taken.get(prefix);
      if (part.length > 0 && other)
        problems.add(`${prefix}* stands in two folders beside, ${basename(other.from)} and ${entry.name}`);
      if (part.length > 0 && !other) taken.set(prefix, { from: entry.name, tensors: part });
    }
  }
  return [...taken.values()].flatMap(({ tensors }) => tensors);
}

/** A tower that is published alone calls itself `vision_model.`; beside its text half as well. */
function inCheckpoint(tensor: StoredTensor): StoredTensor {
  return tensor.name.startsWith('vision_model.') ? { ...tensor, name: towerPrefix + tensor.name } : tensor;
}
