/** What the player keeps of a file over a restart: its sound track, its subtitles. A setting of the library. */
import { emptyPlayerMemory, type MediaItem, type PlayerMemory, playerMemorySchema } from '../../../contract/index.ts';
import type { LibraryApi } from '../../ports/libraryApi.ts';

const keyOf = (mediaId: string) => `player/${mediaId}`;

/** What is damaged is as it was in the beginning. */
export async function readPlayerMemory(
  library: Pick<LibraryApi, 'getSetting'>,
  mediaId: string,
): Promise<PlayerMemory> {
  const stored = await library.getSetting(keyOf(mediaId));
  if (stored === null) return emptyPlayerMemory;
  try {
    return playerMemorySchema.parse(JSON.parse(stored));
  } catch {
    return emptyPlayerMemory;
  }
}

/** @param change what is left out stays */
export async function changePlayerMemory(
  library: Pick<LibraryApi, 'getSetting' | 'setSetting'>,
  mediaId: string,
  change: Partial<PlayerMemory>,
): Promise<PlayerMemory> {
  const memory = { ...(await readPlayerMemory(library, mediaId)), ...change };
  await library.setSetting(keyOf(mediaId), JSON.stringify(memory));
  return memory;
}

/** A file with the sound track that was chosen for it: what plays is what is heard. */
export type HeardMedia = MediaItem & { soundTrack?: number };

export async function withChosenSound(library: Pick<LibraryApi, 'getSetting'>, item: MediaItem): Promise<HeardMedia> {
  const { soundTrack } = await readPlayerMemory(library, item.id);
  return soundTrack === null ? item : { ...item, soundTrack };
}
