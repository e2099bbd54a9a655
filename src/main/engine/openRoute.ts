/** Routes of the contract ("media/<id>", "thumbnail/<segment id>") -> files; nothing else can be named. */
import { contentTypeOf } from '../media/fileTypes.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import { posterFile } from './posters.ts';

export interface RouteTarget {
  path: string;
  contentType: string;
}

/** @param thumbnails the folder in which posters are */
export async function openRoute(library: LibraryApi, thumbnails: string, route: string): Promise<RouteTarget | null> {
  const [kind, id, ...rest] = route.replace(/^\/+/, '').split('/');
  if (!id || rest.length > 0) return null;
  const path = await pathOf(library, thumbnails, kind, id);
  return path === null ? null : mediaTarget(path);
}

/** A media file as it is served. */
export function mediaTarget(path: string): RouteTarget {
  return { path, contentType: contentTypeOf(path) };
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
