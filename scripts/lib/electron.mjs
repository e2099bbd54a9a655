/** Whether Electron can run on this machine, and with which binary. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modulesFolder } from './nodeBinary.mjs';
import { say } from './run.mjs';

const electronFolder = join(modulesFolder, 'electron');

/** Why Electron cannot run here, in words, or null when it can; fetches its binary where it is missing. */
export function whyNoElectron() {
  if (process.platform === 'linux') {
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
    if (process.getuid?.() === 0) return 'Electron does not run its sandbox as root';
  }
  if (!existsSync(electronFolder)) return 'the electron package is not installed';
  if (electronBinary()) return null;
  say('Fetching the Electron binary (once) …');
  const result = spawnSync(process.execPath, ['install.js'], {
    cwd: electronFolder,
    timeout: 600_000,
    encoding: 'utf8',
  });
  return result.status === 0 && electronBinary() ? null : 'the Electron binary could not be downloaded';
}

/** The binary's path, or null where it was not fetched. */
export function electronBinary() {
  const pathFile = join(electronFolder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(electronFolder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}
