/** Gives the sample clips the index that is shipped with them, so that they can be searched and asked about at once. */
import { copyFile, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprintFile } from '../../media/fingerprint.ts';
import type { EngineContext } from '../engineContext.ts';
import { registerKnown } from '../registerFile.ts';
import type { ScanPayload } from '../scanPaths.ts';
import {
  bundleDigest,
  decodeVector,
  type PreparedClip,
  type PreparedIndex,
  readPreparedIndex,
} from './preparedIndexFile.ts';

const samplesKey = 'samples.added';

/** At the first start of a library: the sample clips, those without a prepared index by a scan. */
export async function addSamples(engine: EngineContext, signal: AbortSignal): Promise<void> {
  if (await engine.library.getSetting(samplesKey)) return;
  if (!(await addIndexedSamples(engine, signal))) {
    const payload: ScanPayload = { paths: [join(engine.folders.resources, 'samples')] };
    await engine.queue().enqueue({ kind: 'scan', title: 'Sample clips', payload });
  }
  await engine.library.setSetting(samplesKey, new Date().toISOString());
}

/**
 * Registers the sample clips and fills in their index: no job, no model. The first one comes last, since a library shows
 * the newest first.
 * @returns false when clips are left that have no index of theirs here, and are to be indexed as any other file
 */
async function addIndexedSamples(engine: EngineContext, signal: AbortSignal): Promise<boolean> {
  const folder = join(engine.folders.resources, 'sample-index');
  const index = await openPreparedIndex(engine, folder);
  if (!index) return false;
  let isWhole = true;
  for (const clip of index.clips.toReversed()) {
    signal.throwIfAborted();
    isWhole = (await addSample(engine, clip, folder).catch(() => false)) && isWhole;
  }
  return isWhole;
}

/** Null when another model answers than the one whose captions are shipped. */
async function openPreparedIndex(engine: EngineContext, folder: string): Promise<PreparedIndex | null> {
  const [index, model] = await Promise.all([readPreparedIndex(folder), engine.models.active().catch(() => null)]);
  if (!index || !model || (await bundleDigest(model.folder).catch(() => '')) !== index.bundle) return null;
  return index;
}

async function addSample(engine: EngineContext, clip: PreparedClip, folder: string): Promise<boolean> {
  const path = join(engine.folders.resources, 'samples', clip.file);
  const { size, mtimeMs } = await stat(path);
  if ((await fingerprintFile(path, size)) !== clip.fingerprint) return false;
  const facts = { ...clip.facts, modifiedMs: Math.trunc(mtimeMs) };
  const { item, needsIndex } = await registerKnown(engine, path, { facts, tags: [] });
  if (!needsIndex) return true;
  await fillIn(engine, item.id, clip, folder);
  return true;
}

async function fillIn(engine: EngineContext, mediaId: string, clip: PreparedClip, folder: string): Promise<void> {
  const { library, folders } = engine;
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
    await library.setKnowledge(segmentId, knowledge);
    for (const { space, dimensions, values } of vectors) {
      await library.setVector(space, dimensions, { segmentId, vector: decodeVector(values) });
    }
  }
  await library.setMediaState(mediaId, 'ready', null, clip.notices);
  engine.emit({ type: 'libraryChanged', mediaIds: [mediaId] });
}
