import { basename, join, sep } from 'node:path';
import type { MediaFacts, MediaItem } from '../../contract/index.ts';
import { type OpenedMedia, openMedia } from '../media/openMedia.ts';
import type { FileTag, LibraryApi } from '../ports/libraryApi.ts';
import type { EngineFolders } from './folders.ts';
import { type Identity, identify } from './identity.ts';
import type { MediaStates } from './mediaStates.ts';

export interface RegisterNeeds {
  library: Pick<LibraryApi, 'knownFilesLike' | 'registerMedia'>;
  states: Pick<MediaStates, 'announce'>;
  folders: Pick<EngineFolders, 'resources'>;
}

/** What is known of a file, without a look into it or after one. */
export interface FileFacts {
  facts: MediaFacts & { modifiedMs: number };
  /** Left out, those that are known stay. */
  tags?: readonly FileTag[];
  /** Left out, it is found out. */
  identity?: Identity;
  /** The id that it gets where it is new. */
  id?: string;
}

export interface Registered {
  item: MediaItem;
  fingerprint: string;
  /** Null where it was not needed to tell this file from others. */
  contentHash: string | null;
  /** Another file of the library with exactly this content. */
  copyOf: string | null;
  /** False when the same content is indexed already. */
  needsIndex: boolean;
}

export interface RegisteredFile extends Registered {
  media: OpenedMedia;
}

/**
 * Opens a file and makes it known to the library, or finds it again there.
 * @throws PlayheadError when the file cannot be read as media
 */
export async function registerFile(needs: RegisterNeeds, path: string, signal?: AbortSignal): Promise<RegisteredFile> {
  const media = await openMedia(path, signal ? { signal } : {});
  const known = { facts: media.facts, tags: media.streams.tags };
  return { ...(await registerKnown(needs, path, known, signal)), media };
}

/** The same for a file of which everything is known already: it is not opened. */
export async function registerKnown(
  needs: RegisterNeeds,
  path: string,
  { facts, tags, id, identity: found }: FileFacts,
  signal?: AbortSignal,
): Promise<Registered> {
  const { kind, durationSec, width, height, fps, hasAudio, videoCodec, sizeBytes, modifiedMs } = facts;
  const identity = found ?? (await identify(needs.library, path, { sizeBytes, modifiedMs }, signal));
  const { item, known, copyOf } = await needs.library.registerMedia({
    ...(id === undefined ? {} : { id }),
    path,
    fileName: basename(path),
    ...{ kind, durationSec, width, height, fps, hasAudio, videoCodec, sizeBytes, modifiedMs },
    ...identity,
    isSample: isSample(needs.folders, path),
    ...(tags === undefined ? {} : { tags }),
  });
  // A moved file needs no new index, so that nothing else would tell the windows of its new place.
  if (known === 'moved') needs.states.announce(item.id);
  const { fingerprint, contentHash } = identity;
  return { item, fingerprint, contentHash, copyOf, needsIndex: known === 'changed' || item.state !== 'ready' };
}

/** One of the clips that come with Playhead. */
export function isSample({ resources }: Pick<EngineFolders, 'resources'>, path: string): boolean {
  return path.startsWith(join(resources, 'samples') + sep);
}
