import { basename, join, sep } from 'node:path';
import type { MediaItem } from '../../../contract/index.ts';
import { type OpenedMedia, openMedia } from '../media/openMedia.ts';
import type { EngineContext } from './engineContext.ts';
import { identify } from './identity.ts';

export interface RegisteredFile {
  item: MediaItem;
  media: OpenedMedia;
  fingerprint: string;
  /** Null where it was not needed to tell this file from others. */
  contentHash: string | null;
  /** Another file of the library with exactly this content. */
  copyOf: string | null;
  /** False when the same content is indexed already. */
  needsIndex: boolean;
}

/**
 * Opens a file and makes it known to the library, or finds it again there.
 * @throws PlayheadError when the file cannot be read as media
 */
export async function registerFile(engine: EngineContext, path: string, signal?: AbortSignal): Promise<RegisteredFile> {
  const media = await openMedia(path, signal ? { signal } : {});
  const { kind, durationSec, width, height, fps, hasAudio, videoCodec, sizeBytes, modifiedMs } = media.facts;
  const identity = await identify(engine.library, path, { sizeBytes, modifiedMs }, signal);
  const { item, known, copyOf } = await engine.library.registerMedia({
    path,
    fileName: basename(path),
    ...{ kind, durationSec, width, height, fps, hasAudio, videoCodec, sizeBytes, modifiedMs },
    ...identity,
    isSample: isSample(engine, path),
    tags: media.streams.tags,
  });
  // A moved file needs no new index, so that nothing else would tell the windows of its new place.
  if (known === 'moved') engine.emit({ type: 'libraryChanged', mediaIds: [item.id] });
  const { fingerprint, contentHash } = identity;
  return { item, media, fingerprint, contentHash, copyOf, needsIndex: known === 'changed' || item.state !== 'ready' };
}

/** One of the clips that come with Playhead. */
export function isSample(engine: EngineContext, path: string): boolean {
  return path.startsWith(join(engine.folders.resources, 'samples') + sep);
}
