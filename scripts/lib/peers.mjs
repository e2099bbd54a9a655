/** What the benches compare Playhead with; no part of the app. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './nodeBinary.mjs';
import { fail, npm, say } from './run.mjs';

/** Installs llama.cpp's Node binding beside the benches, as its own lock file says; it is no part of the app. */
export function ensurePeersInstalled() {
  const cwd = join(projectFolder, 'bench', 'peers');
  if (process.platform !== 'linux' || process.arch !== 'x64')
    fail('llama.cpp is pinned for Linux on x64 alone: run the bench without --peer.');
  const stamp = join(cwd, 'node_modules', '.playhead-installed');
  const wanted = readFileSync(join(cwd, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Installing llama.cpp for the bench (once; 85 MB on disk) …');
  // Its optional packages are binaries for other systems and graphics cards, of more than half a gigabyte. `npm ci`
  // would want each of them in the lock file, and a registry need not have them all.
  npm(['install', '--no-save', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
  });
  writeFileSync(stamp, wanted);
}
