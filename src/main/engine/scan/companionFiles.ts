/**
 * Files that belong to another one in the same folder: the moving half of a Live Photo, the small copy that a camera
 * writes beside its film. What they show is in that other file.
 */
import { extname, join } from 'node:path';
import { endingsOf } from '../../media/fileTypes.ts';
import { readFully, withRegularFile } from '../../ports/regularFile.ts';

/** Notes, previews and tables of cameras and programs. */
export const SIDE_FILES = new Set('.aae .bup .cue .ifo .lrf .nfo .thm .xmp'.split(' '));

/** Bytes; the moving half of a Live Photo lasts three seconds. */
const LARGEST_LIVE_PHOTO = 40e6;
/** Bytes at each end of the file, where its headers lie. */
const HEADER_PART = 2 ** 18;
const LIVE_PHOTO_KEY = 'com.apple.quicktime.content.identifier';

export interface FolderFile {
  name: string;
  sizeBytes: number;
}

/** @returns what a file is to another one in its folder, in words, or null when it stands for itself */
export async function companionOf(
  folder: string,
  file: FolderFile,
  names: ReadonlySet<string>,
): Promise<string | null> {
  if (isSmallCopy(file.name, names)) return 'small copies that a camera wrote beside its film';
  if (await isLivePhotoFilm(folder, file, names)) return 'moving halves of Live Photos, whose pictures are taken';
  return null;
}

/** GoPro writes "GL010001.LRV" or "GX010001.LRV" beside "GX010001.MP4", others the film's own name. */
function isSmallCopy(name: string, names: ReadonlySet<string>): boolean {
  if (extname(name).toLowerCase() !== '.lrv') return false;
  const stem = stemOf(name);
  const films = [stem, ...['gx', 'gh', 'gp'].map((prefix) => stem.replace(/^gl/, prefix))];
  const endings = [...endingsOf('video')].filter((ending) => ending !== '.lrv');
  return films.some((film) => endings.some((ending) => names.has(film + ending)));
}

/** A film and a picture of one name are a Live Photo only when the film says so: "trip.jpg" may be a film's cover. */
async function isLivePhotoFilm(folder: string, file: FolderFile, names: ReadonlySet<string>): Promise<boolean> {
  if (!/\.(mov|mp4)$/i.test(file.name) || file.sizeBytes > LARGEST_LIVE_PHOTO) return false;
  const hasPicture = [...endingsOf('image')].some((ending) => names.has(stemOf(file.name) + ending));
  return hasPicture && (await holdsKey(join(folder, file.name), file.sizeBytes).catch(() => false));
}

function holdsKey(path: string, sizeBytes: number): Promise<boolean> {
  const length = Math.min(HEADER_PART, sizeBytes);
  return withRegularFile(path, async (handle) => {
    for (const position of [0, sizeBytes - length]) {
      if ((await readFully(handle, position, length)).includes(LIVE_PHOTO_KEY)) return true;
    }
    return false;
  });
}

function stemOf(name: string): string {
  return name.slice(0, name.length - extname(name).length).toLowerCase();
}
