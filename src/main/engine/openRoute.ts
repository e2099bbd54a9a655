/** Routes of the contract ("media/<id>", "thumbnail/<segment id>", "playable/…", "strip/…") -> files; nothing else can be named. */
import { contentTypeOf } from '../media/fileTypes.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import type { EngineFolders } from './folders.ts';
import { posterFile } from './posters.ts';

export interface RouteTarget {
  path: string;
  contentType: string;
}

export interface RouteNeeds {
  library: LibraryApi;
  folders: Pick<EngineFolders, 'thumbnails'>;
  /** Pieces, stills and shapes of sound that are made of a file. */
  playback: { openRoute(route: string): Promise<RouteTarget | null> };
}

export async function openRoute(needs: RouteNeeds, route: string): Promise<RouteTarget | null> {
  const piece = await needs.playback.openRoute(route);
  if (piece) return piece;
  const [kind, id, ...rest] = route.replace(/^\/+/, '').split('/');
  if (!id || rest.length > 0) return null;
  const path = await pathOf(needs, kind, id);
  return path === null ? null : mediaTarget(path);
}

/** A media file as it is served. */
export function mediaTarget(path: string): RouteTarget {
  return { path, contentType: contentTypeOf(path) };
}

async function pathOf({ library, folders }: RouteNeeds, kind: string | undefined, id: string): Promise<string | null> {
  if (kind === 'media') return library.mediaFile(id);
  if (kind === 'thumbnail') return library.thumbnailFile(id);
  // Only an id that the library knows becomes a part of a path.
  if (kind === 'poster' && (await library.mediaFile(id)) !== null) return posterFile(folders.thumbnails, id);
  return null;
}
