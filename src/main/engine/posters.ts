/** A picture for a file that waits to be indexed, so that a library shows itself before it is read. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaItem } from '../../contract/index.ts';
import { ignore } from '../log/log.ts';
import { openMedia } from '../media/openMedia.ts';
import { exists } from '../ports/exists.ts';
import type { EngineFolders } from './folders.ts';

type PosterFolders = Pick<EngineFolders, 'thumbnails'>;

/** A file without a picture is shown without one: the reason is told when it is indexed. */
export async function writePoster({ thumbnails }: PosterFolders, item: MediaItem, signal?: AbortSignal): Promise<void> {
  const outFile = posterFile(thumbnails, item.id);
  await mkdir(join(thumbnails, item.id), { recursive: true });
  const tell = ignore('a file has no poster', { file: item.path });
  const media = await openMedia(item.path, { signal }).catch(tell);
  await media?.thumbnails([{ outFile }], { signal }).catch(tell);
}

/** The item as the UI sees it: with its poster as long as no segment has a picture. */
export async function withPoster({ thumbnails }: PosterFolders, item: MediaItem): Promise<MediaItem> {
  if (item.thumbnail !== null) return item;
  const hasPoster = await exists(posterFile(thumbnails, item.id));
  return hasPoster ? { ...item, thumbnail: `poster/${item.id}` } : item;
}

export function posterFile(thumbnails: string, mediaId: string): string {
  return join(thumbnails, mediaId, 'poster.jpg');
}
