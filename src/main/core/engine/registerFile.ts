import { basename, join, sep } from 'node:path';
import type { MediaItem } from '../../../contract/index.ts';
import { fingerprintFile } from '../media/fingerprint.ts';
import { type OpenedMedia, openMedia } from '../media/openMedia.ts';
import type { EngineContext } from './engineContext.ts';

export interface RegisteredFile {
  item: MediaItem;
  media: OpenedMedia;
  fingerprint: string;
  /** False when the same content is indexed already. */
  needsIndex: boolean;
}

/**
 * Opens a file and makes it known to the library, or finds it again there.
 * @throws PlayheadError when the file cannot be read as media
 */
export async function registerFile(engine: EngineContext, path: string): Promise<RegisteredFile> {
  const media = await openMedia(path);
  const { kind, durationSec, width, height, fps, hasAudio, videoCodec, sizeBytes, modifiedMs } = media.facts;
  const fingerprint = await fingerprintFile(path, sizeBytes);
  const { item, known } = await engine.library.registerMedia({
    path,
    fileName: basename(path),
    ...{ kind, durationSec, width, height, fps, hasAudio, videoCodec, sizeBytes, modifiedMs },
    fingerprint,
    isSample: isSample(engine, path),
    tags: media.streams.tags,
  });
  // A moved file needs no new index, so that nothing else would tell the windows of its new place.
  if (known === 'moved') engine.emit({ type: 'libraryChanged', mediaIds: [item.id] });
  return { item, media, fingerprint, needsIndex: known === 'changed' || item.state !== 'ready' };
}

/** One of the clips that come with Playhead. */
export function isSample(engine: EngineContext, path: string): boolean {
  return path.startsWith(join(engine.folders.resources, 'samples') + sep);
}
