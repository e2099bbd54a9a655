/** The build of the app, made when a source is newer. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modulesFolder, nodePath, projectFolder } from './nodeBinary.mjs';
import { run, say } from './run.mjs';
import { withSetupLock } from './setupLock.mjs';

const buildStamp = join(projectFolder, 'out', '.playhead-built');

/** Builds the app unless the build is newer than every source. */
export function ensureBuilt() {
  if (!isBuilt()) withSetupLock(() => isBuilt() || build());
}

function isBuilt() {
  const sources = ['src', 'electron.vite.config.ts', 'package-lock.json'].map((name) =>
    newestChange(join(projectFolder, name)),
  );
  return existsSync(buildStamp) && statSync(buildStamp).mtimeMs > Math.max(...sources);
}

function build() {
  say('Building …');
  run(nodePath(), [join(modulesFolder, 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'], {
    // electron-vite asks the Electron binary for its versions; a build must not need the binary.
    env: { ...process.env, ELECTRON_MAJOR_VER: electronMajor() },
  });
  mkdirSync(join(projectFolder, 'out'), { recursive: true });
  writeFileSync(buildStamp, new Date().toISOString());
}

function electronMajor() {
  return JSON.parse(readFileSync(join(modulesFolder, 'electron', 'package.json'), 'utf8')).version.split('.')[0];
}

function newestChange(path) {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(info.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}
