/** The engine as the terminal and the browser shell open it: helpers are plain Node processes. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';
import { type DeviceChoice, PlayheadError } from '../../../contract/index.ts';
import { createEngine, type Engine } from '../../engine/createEngine.ts';
import { forkHost } from './forkHost.ts';

export interface EngineFlags {
  library?: string;
  model?: string;
  provider?: DeviceChoice;
}

export interface OpenSettings {
  /** False for a look: works beside a Playhead that is open with the same library. */
  runJobs?: boolean;
  addSamples?: boolean;
  /** Kept folders are watched, as long as it is open. */
  watchRoots?: boolean;
}

/** The folder that holds package.json, `resources/` and `out/`. */
export const appFolder = findAppFolder();

export async function openLocalEngine(flags: EngineFlags, settings: OpenSettings = {}): Promise<Engine> {
  refuseOldNode();
  return createEngine({
    version: appVersion(),
    libraryFolder: libraryFolderOf(flags),
    resourcesFolder: join(appFolder, 'resources'),
    spawnHost: forkHost,
    modelFolder: flags.model,
    device: flags.provider,
    ...settings,
  });
}

/** better-sqlite3 does not fail on Node 20, it crashes: that would say nothing to anyone. The floor is that of `nodeBinary.mjs`. */
function refuseOldNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 22)) return;
  throw new PlayheadError({
    code: 'internal',
    message: `This program needs Node 22.22 or newer and was started with ${process.version}.`,
    hint: 'Start it with `npx playhead`, which brings its own Node.',
  });
}

export function appVersion(): string {
  return (JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8')) as { version: string }).version;
}

/** The library that is meant: by flag, by environment, or the person's own. */
export function libraryFolderOf(flags: EngineFlags): string {
  return resolve(flags.library ?? process.env.PLAYHEAD_LIBRARY ?? defaultLibraryFolder());
}

/** Where each system keeps a program's data. */
function defaultLibraryFolder(): string {
  return join(envPaths('Playhead', { suffix: '' }).data, 'library');
}

function findAppFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!(existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'resources')))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('Playhead cannot find its own resources folder.');
    folder = parent;
  }
  return folder;
}
