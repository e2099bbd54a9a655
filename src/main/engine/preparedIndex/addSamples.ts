/** Gives the sample clips the index that is shipped with them, so that they can be searched and asked about at once. */
import { copyFile, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprintFile } from '../../media/fingerprint.ts';
import type { LibraryApi } from '../../ports/libraryApi.ts';
import type { EngineFolders } from '../folders.ts';
import { scanJob } from '../jobs/scanJob.ts';
import type { MediaStates } from '../mediaStates.ts';
import type { ModelChoice } from '../modelChoice.ts';
import type { JobQueue } from '../queue/jobQueue.ts';
import { type RegisterNeeds, registerKnown } from '../registerFile.ts';
import {
  bundleDigest,
  decodeVector,
  type PreparedClip,
  type PreparedIndex,
  readPreparedIndex,
} from './preparedIndexFile.ts';

export interface SampleNeeds extends RegisterNeeds {
  library: RegisterNeeds['library'] &
    Pick<LibraryApi, 'getSetting' | 'setSetting' | 'replaceSegments' | 'replaceKnowledge' | 'setVector'>;
  states: MediaStates;
  folders: EngineFolders;
  models: Pick<ModelChoice, 'active'>;
  queue: Pick<JobQueue, 'enqueue'>;
}

const samplesKey = 'samples.added';

/** At the first start of a library: the sample clips, those without a prepared index by a scan. */
export async function addSamples(needs: SampleNeeds, signal: AbortSignal): Promise<void> {
  if (await needs.library.getSetting(samplesKey)) return;
  if (!(await addIndexedSamples(needs, signal))) {
    const paths = [join(needs.folders.resources, 'samples')];
    await needs.queue.enqueue(scanJob.create({ paths, name: 'Sample clips' }));
  }
  await needs.library.setSetting(samplesKey, new Date().toISOString());
}

/**
 * Registers the sample clips and fills in their index: no job, no model. The first one comes last, since a library shows
 * the newest first.
 * @returns false when clips are left that have no index of theirs here, and are to be indexed as any other file
 */
async function addIndexedSamples(needs: SampleNeeds, signal: AbortSignal): Promise<boolean> {
  const folder = join(needs.folders.resources, 'sample-index');
  const index = await openPreparedIndex(needs, folder);
  if (!index) return false;
  let isWhole = true;
  for (const clip of index.clips.toReversed()) {
    signal.throwIfAborted();
    isWhole = (await addSample(needs, clip, folder).catch(() => false)) && isWhole;
  }
  return isWhole;
}

/** Null when another model answers than the one whose captions are shipped. */
async function openPreparedIndex(needs: SampleNeeds, folder: string): Promise<PreparedIndex | null> {
  const [index, model] = await Promise.all([readPreparedIndex(folder), needs.models.active().catch(() => null)]);
  if (!index || !model || (await bundleDigest(model.folder).catch(() => '')) !== index.bundle) return null;
  return index;
}

async function addSample(needs: SampleNeeds, clip: PreparedClip, folder: string): Promise<boolean> {
  const path = join(needs.folders.resources, 'samples', clip.file);
  const { size, mtimeMs } = await stat(path);
  if ((await fingerprintFile(path, size)) !== clip.fingerprint) return false;
  const facts = { ...clip.facts, modifiedMs: Math.trunc(mtimeMs) };
  const { item, needsIndex } = await registerKnown(needs, path, { facts, tags: [] });
  if (!needsIndex) return true;
  await fillIn(needs, item.id, clip, folder);
  return true;
}

async function fillIn(needs: SampleNeeds, mediaId: string, clip: PreparedClip, folder: string): Promise<void> {
  const { library, folders, states } = needs;
  const pictures = join(folders.thumbnails, mediaId);
  await mkdir(pictures, { recursive: true });
  const segments = await Promise.all(
    clip.segments.map(async ({ startSec, endSec, thumbnail }) => {
      if (thumbnail === null) return { startSec, endSec, thumbnailPath: null };
      const thumbnailPath = join(pictures, thumbnail);
      await copyFile(join(folder, thumbnail), thumbnailPath);
      return { startSec, endSec, thumbnailPath };
    }),
  );
  const ids = await library.replaceSegments(mediaId, segments);
  for (const [ordinal, segmentId] of ids.entries()) {
    const { knowledge = [], vectors = [] } = clip.segments[ordinal] ?? {};
    await library.replaceKnowledge(segmentId, knowledge);
    for (const { space, dimensions, values } of vectors) {
      await library.setVector(space, dimensions, { segmentId, vector: decodeVector(values) });
    }
  }
  await states.move(mediaId, 'ready', { notices: clip.notices });
}
