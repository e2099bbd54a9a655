/** Whether a model fits into this machine's memory, asked before it is loaded; where it does not, what would. */
import { totalmem } from 'node:os';
import { type CatalogueOffer, formatBytes, PlayheadError } from '../../contract/index.ts';
import { readBundleManifest } from '../models/bundleManifest.ts';
import { bundleMemory } from '../models/bundleNeeds.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import type { ModelChoice } from './modelChoice.ts';

export interface MemoryNeeds {
  library: Pick<LibraryApi, 'getSetting' | 'setSetting'>;
  models: Pick<ModelChoice, 'list'>;
  /** The catalogue beside this machine. */
  offers(): Promise<readonly CatalogueOffer[]>;
  /** Bytes that programs can still get, with what the system would give up for them. */
  freeMemory(): number;
}

/** macOS counts as used what it would give up for a program: there, what is left for one is a share of all. */
const SHARE_ON_MACOS = 0.8;

export function usualFreeMemory(): number {
  return process.platform === 'darwin' ? totalmem() * SHARE_ON_MACOS : process.availableMemory();
}

/** The folder of a bundle that the person wants loaded whatever the estimate says. */
const anywayKey = 'model.loadAnyway';

/** @throws PlayheadError `memory-short`, whose hint names a smaller format or model */
export async function checkMemory(needs: MemoryNeeds, bundleFolder: string, freedBytes: number): Promise<void> {
  const manifest = await readBundleManifest(bundleFolder).catch(() => null); // loading says what is wrong with it
  if (manifest === null) return;
  const needed = bundleMemory(manifest);
  const free = needs.freeMemory() + freedBytes;
  if (needed <= free || (await needs.library.getSetting(anywayKey)) === bundleFolder) return;
  throw new PlayheadError({
    code: 'memory-short',
    message: `${manifest.name} needs about ${formatBytes(needed)} of memory to load, and ${formatBytes(free)} are free.`,
    hint: `${await proposal(needs, bundleFolder, free)} Or close other programs.`,
    file: bundleFolder,
  });
}

/** From now on this bundle is loaded without a look at the memory. */
export async function loadAnyway({ library }: Pick<MemoryNeeds, 'library'>, bundleFolder: string): Promise<void> {
  await library.setSetting(anywayKey, bundleFolder);
}

/** A smaller bundle that is here, then another format of the same model, then a smaller model of the catalogue. */
async function proposal(needs: MemoryNeeds, bundleFolder: string, free: number): Promise<string> {
  const here = await needs.models.list();
  const wanted = here.find(({ folder }) => folder === bundleFolder);
  for (const other of here.filter(({ folder, isSampleModel }) => folder !== bundleFolder && !isSampleModel)) {
    const manifest = await readBundleManifest(other.folder).catch(() => null);
    const bytes = manifest ? bundleMemory(manifest) : Number.POSITIVE_INFINITY;
    if (bytes <= free) return `Use ${other.name}, which is here and needs about ${formatBytes(bytes)}.`;
  }
  const offers = (await needs.offers()).filter(({ use, notUsable }) => use === 'answers' && notUsable === null);
  const same = offers.filter(({ repository }) => repository !== null && wanted?.source.includes(repository));
  for (const offer of [...same, ...offers.toSorted((a, b) => a.rank - b.rank)]) {
    const format = offer.formats.find(({ memoryBytes }) => memoryBytes <= free);
    if (format && offer.repository !== null)
      return `Get ${offer.name} in ${format.format} under Models, which needs about ${formatBytes(format.memoryBytes)}.`;
  }
  return 'No full model is small enough; the sample model is, and search works without one.';
}
