/** Routes of the contract ("media/<id>", "thumbnail/<segment id>") -> files; nothing else can be named. */
import { extname } from 'node:path';
import type { LibraryApi } from '../ports/libraryApi.ts';
import { posterFile } from './posters.ts';

export interface RouteTarget {
  path: string;
  contentType: string;
}

const contentTypes: Record<string, string> = {
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/quicktime',
  '.mkv': 'video/x-matroska',
  '.webm': 'video/webm',
  '.avi': 'video/x-msvideo',
  '.ogv': 'video/ogg',
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.aac': 'audio/aac',
  '.wav': 'audio/wav',
  '.flac': 'audio/flac',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.bmp': 'image/bmp',
  '.avif': 'image/avif',
};

/** @param thumbnails the folder in which posters are */
export async function openRoute(library: LibraryApi, thumbnails: string, route: string): Promise<RouteTarget | null> {
  const [kind, id, ...rest] = route.replace(/^\/+/, '').split('/');
  if (!id || rest.length > 0) return null;
  const path = await pathOf(library, thumbnails, kind, id);
  // An unknown type is only ever bytes to a browser, never a page.
  return path === null
    ? null
    : { path, contentType: contentTypes[extname(path).toLowerCase()] ?? 'application/octet-stream' };
}

async function pathOf(
  library: LibraryApi,
  thumbnails: string,
  kind: string | undefined,
  id: string,
): Promise<string | null> {
  if (kind === 'media') return library.mediaFile(id);
  if (kind === 'thumbnail') return library.thumbnailFile(id);
  // Only an id that the library knows becomes a part of a path.
  if (kind === 'poster' && (await library.mediaFile(id)) !== null) return posterFile(thumbnails, id);
  return null;
}
