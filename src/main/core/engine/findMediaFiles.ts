/** Folders and files as a person gave them -> every media file in them, and what could not be read. */
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { type ErrorInfo, PlayheadError, toErrorInfo } from '../../../contract/index.ts';

const mediaExtensions = new Set(
  (
    'mp4 m4v mov mkv webm avi wmv flv mpg mpeg m2ts mts ts 3gp ogv vob ' +
    'mp3 m4a aac wav flac ogg oga opus wma aif aiff ' +
    'jpg jpeg png webp bmp gif tif tiff heic avif'
  )
    .split(' ')
    .map((extension) => `.${extension}`),
);

export interface FoundFiles {
  files: string[];
  rejected: ErrorInfo[];
}

/**
 * The smallest file comes first. Files that are named outright are always taken; inside folders only names that look
 * like media are. Hidden files and folders, and links (which may run in circles), are passed over.
 */
export async function findMediaFiles(paths: string[], signal?: AbortSignal): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], rejected: [] };
  for (const path of paths) await addPath(resolve(path), found, signal);
  found.files = await smallestFirst([...new Set(found.files)]);
  return found;
}

/** Short clips can be searched and asked about while a long film is still waiting; a file of unknown size fails soon. */
async function smallestFirst(paths: string[]): Promise<string[]> {
  const sized = await Promise.all(paths.map(async (path) => ({ path, bytes: await sizeOf(path) })));
  return sized.sort((a, b) => a.bytes - b.bytes).map(({ path }) => path);
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

async function addPath(path: string, found: FoundFiles, signal?: AbortSignal): Promise<void> {
  try {
    const info = await stat(path);
    if (info.isDirectory()) await addFolder(path, found, signal);
    else found.files.push(path);
  } catch (thrown) {
    signal?.throwIfAborted();
    found.rejected.push(unreadable(path, thrown));
  }
}

async function addFolder(folder: string, found: FoundFiles, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const entries = await readdir(folder, { withFileTypes: true }).catch((thrown: unknown) => {
    found.rejected.push(unreadable(folder, thrown));
    return [];
  });
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await addFolder(path, found, signal);
    else if (entry.isFile() && mediaExtensions.has(extname(entry.name).toLowerCase())) found.files.push(path);
  }
}

function unreadable(path: string, thrown: unknown): ErrorInfo {
  const code = (thrown as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') {
    return new PlayheadError({
      code: 'file-not-found',
      message: `There is no file or folder "${basename(path)}".`,
      file: path,
      hint: 'Check the path.',
    }).toInfo();
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new PlayheadError({
      code: 'file-unreadable',
      message: `"${basename(path)}" cannot be read: you have no rights to it.`,
      file: path,
      hint: 'Change its permissions, or choose another folder.',
    }).toInfo();
  }
  return toErrorInfo(thrown, path);
}
