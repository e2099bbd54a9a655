/** The catalogue beside this machine: what fits, what is best, what is here already. */
import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import {
  type CatalogueEntry,
  type CatalogueOffer,
  type CatalogueReport,
  type FormatNeeds,
  formatBytes,
  type ModelPace,
  type ModelSummary,
  type SearchModel,
} from '../../contract/index.ts';
import { pulledBytes } from '../downloading/pullModel.ts';
import { estimateNeeds } from '../models/catalogue/estimateNeeds.ts';
import { readCatalogue } from '../models/catalogue/readCatalogue.ts';
import type { EngineFolders } from './folders.ts';
import type { ModelChoice } from './modelChoice.ts';
import { answererPace, encoderPace, type PaceNeeds } from './modelPace.ts';
import type { SearchChoice } from './searchChoice.ts';

export interface CatalogueNeeds extends PaceNeeds {
  folders: Pick<EngineFolders, 'resources' | 'models' | 'downloads'>;
  models: Pick<ModelChoice, 'list'>;
  encoders: Pick<SearchChoice, 'list'>;
}

/** What is on this machine already. */
interface Here {
  models: readonly ModelSummary[];
  encoders: readonly SearchModel[];
}

/** Bytes that a machine has for models. */
interface Room {
  memoryBytes: number;
  freeDiskBytes: number | null;
}

const notMeasured: ModelPace = { firstWordSec: null, perHourSec: null };

/** The rest is the system's, the window's and the library's. */
const SHARE_FOR_A_MODEL = 0.8;

export async function offerModels(needs: CatalogueNeeds): Promise<CatalogueReport> {
  const { note, models } = await readCatalogue(needs.folders.resources);
  const here = { models: await needs.models.list(), encoders: await needs.encoders.list() };
  const disk = await statfs(needs.folders.models).catch(() => null);
  const room = { memoryBytes: totalmem(), freeDiskBytes: disk && disk.bavail * disk.bsize };
  const offers = await Promise.all(models.map((entry) => offer(entry, { needs, here, room })));
  for (const use of ['answers', 'search'] as const) markBest(offers.filter((each) => each.use === use));
  return { note, offers, ...room };
}

async function offer(
  entry: CatalogueEntry,
  { needs, here, room }: { needs: CatalogueNeeds; here: Here; room: Room },
): Promise<CatalogueOffer> {
  const model = here.models.find((each) => isOf(entry, each));
  const encoder = here.encoders.find((each) => isOf(entry, { ...each, isSampleModel: false }));
  const formats = formatsOf(entry, room);
  const smallest = formats[0];
  return {
    ...entry,
    downloadBytes: downloadBytes(entry),
    formats,
    reason: entry.notUsable ?? (smallest && !smallest.fits ? whyNot(smallest, room) : null),
    isBest: false,
    bundleFolder: (model ?? encoder)?.folder ?? null,
    fetchedBytes: entry.repository === null ? 0 : await pulledBytes(needs.folders.downloads, entry.repository),
    pace: model ? await answererPace(needs, model) : encoder ? await encoderPace(needs, encoder) : notMeasured,
  };
}

/** A bundle knows its source by the checkpoint's name. */
function isOf(
  { name, repository }: CatalogueEntry,
  bundle: Pick<ModelSummary, 'name' | 'source' | 'isSampleModel'>,
): boolean {
  if (repository === null) return bundle.isSampleModel;
  return [bundle.source, bundle.name].some((text) => text.endsWith(repository) || text === name);
}

function formatsOf({ shapes }: CatalogueEntry, { memoryBytes, freeDiskBytes }: Room): FormatNeeds[] {
  if (shapes === null) return [];
  return estimateNeeds(shapes).map((each) => ({
    ...each,
    fits: each.memoryBytes <= memoryBytes * SHARE_FOR_A_MODEL && each.diskBytes <= (freeDiskBytes ?? Infinity),
  }));
}

/** Null where a large file's size is not known; the small ones count for nothing. */
function downloadBytes({ files, repository }: CatalogueEntry): number | null {
  const sizes = files.map((file) => file.bytes ?? file.aboutBytes);
  const weights = files.flatMap((file, index) => (/\.(safetensors|bin)$/.test(file.path) ? [sizes[index]] : []));
  if (repository === null || weights.length === 0 || weights.includes(null)) return null;
  return sizes.reduce((sum: number, each) => sum + (each ?? 0), 0);
}

function whyNot({ memoryBytes, diskBytes, format }: FormatNeeds, room: Room): string {
  const needsMemory = memoryBytes > room.memoryBytes * SHARE_FOR_A_MODEL;
  return needsMemory
    ? `Needs about ${formatBytes(memoryBytes)} of memory even in ${format}; this machine has ${formatBytes(room.memoryBytes)}.`
    : `Needs about ${formatBytes(diskBytes)} of disk; ${formatBytes(room.freeDiskBytes ?? 0)} are free.`;
}

/** The first of those that fit, and why. */
function markBest(offers: CatalogueOffer[]): void {
  const fitting = offers.filter(({ notUsable, formats }) => notUsable === null && formats[0]?.fits);
  const best = fitting.sort((a, b) => a.rank - b.rank)[0];
  if (!best) return;
  const { format, memoryBytes } = best.formats[0] as FormatNeeds;
  best.isBest = true;
  const fits = `It fits: about ${formatBytes(memoryBytes)} of memory in ${format}, of ${formatBytes(totalmem())}.`;
  const hears = best.use === 'answers' && best.senses.includes('sound') ? ' It hears as well as sees.' : '';
  const first = best.use === 'search' ? ' Small, and of use on any processor, also before a full model is here.' : '';
  best.reason = fits + hears + first;
}
