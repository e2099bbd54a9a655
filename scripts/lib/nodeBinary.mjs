/**
 * Which Node runs Playhead. The code needs Node 22.18 or newer (it runs TypeScript as it is, and
 * better-sqlite3 dies on Node 20); an older one is good enough to install a current one beside it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** True when the running Node can run Playhead itself. */
export function isCurrentNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

/** The Node to start Playhead's processes with: the running one, or the one in node_modules. */
export function nodePath() {
  if (isCurrentNode()) return process.execPath;
  const bundled = join(
    projectFolder,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(bundled)) return bundled;
  throw new Error(
    `Playhead needs Node 22.18 or newer and found ${process.version}; the copy that comes with it is missing. Delete node_modules and run the command again.`,
  );
}
