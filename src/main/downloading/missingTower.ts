/** A vision tower is fetched apart only where the checkpoint does not hold one: what a model brings was tuned with it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { ListedFile } from './modelSource.ts';

const configSchema = z.object({ mm_vision_tower: z.string() });
const indexSchema = z.object({ weight_map: z.record(z.string(), z.string()) });
const towerPrefix = 'model.vision_tower.vision_tower.';
/** "google/siglip-so400m-patch14-384": a repository, no path. */
const repositoryName = /^[\w.-]+\/[\w.-]+$/;

/**
 * The repository of the tower that has to be fetched, or null: the index holds it, it lies in a folder beside, or the
 * checkpoint is no VideoLLaMA 2. A checkpoint of one file has no index; it is taken to be whole.
 */
export async function missingTower(folder: string, files: readonly ListedFile[]): Promise<string | null> {
  const config = configSchema.safeParse(await readJson(join(folder, 'config.json')));
  const index = indexSchema.safeParse(await readJson(join(folder, 'model.safetensors.index.json')));
  if (!config.success || !index.success) return null;
  const name = config.data.mm_vision_tower;
  if (Object.keys(index.data.weight_map).some((tensor) => tensor.startsWith(towerPrefix))) return null;
  const isBeside = files.some(({ path }) => path.startsWith(`${name.split('/').at(-1)}/`));
  return isBeside || !repositoryName.test(name) ? null : name;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}
