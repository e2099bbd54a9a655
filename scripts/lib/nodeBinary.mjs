/**
 * Which Node runs Playhead. The code needs Node 22.22 or newer (it runs TypeScript as it is, and
 * better-sqlite3 dies on Node 20); an older one is good enough to install a current one beside it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const isWindows = process.platform === 'win32';
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
export const modulesFolder = join(projectFolder, 'node_modules');
/** The Node of the npm package `node`; there after its installer has run. */
export const bundledNode = join(modulesFolder, 'node', 'bin', isWindows ? 'node.exe' : 'node');

/** The one floor: a person's own Node from here on, else the one that comes along. */
export const oldestNode = { major: 22, minor: 22 };
export const oldestNodeName = `${oldestNode.major}.${oldestNode.minor}`;

/** True when the running Node can run Playhead itself. */
export function isCurrentNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldestNode.major || (major === oldestNode.major && minor >= oldestNode.minor);
}

/** The Node to start Playhead's processes with: the running one, or the one in node_modules; null for none. */
export function findNode() {
  if (isCurrentNode() && existsSync(process.execPath)) return process.execPath;
  return existsSync(bundledNode) ? bundledNode : null;
}

/** As `findNode`, after the set-up. @throws Error where there is none */
export function nodePath() {
  const found = findNode();
  if (found !== null) return found;
  throw new Error(
    `Playhead needs Node ${oldestNodeName} or newer and found ${process.version}; the copy that comes with it is missing. Delete node_modules and run the command again.`,
  );
}

/**
 * Runs this program again under a Node outside node_modules and ends as it ends. npm and npx put
 * `node_modules/.bin` first in PATH, so that after a plain `npm ci` the running Node may be the very file that the
 * set-up replaces; a system that keeps running programs' files in place would not even let it.
 */
export function leaveModulesFolder() {
  if (!isInModules(process.execPath)) return;
  const outside = findNodeOutside();
  if (outside === null) throw new Error('The set-up replaces the Node that runs it. Run it with a Node of your own.');
  const { status, signal } = spawnSync(outside, process.argv.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, PATH: pathOutside().join(delimiter) },
  });
  process.exit(status ?? (signal ? 130 : 1));
}

/** The Node that npm itself runs under, or the first one in PATH that is no part of node_modules. */
function findNodeOutside() {
  const name = isWindows ? 'node.exe' : 'node';
  const candidates = [process.env.npm_node_execpath, ...pathOutside().map((folder) => join(folder, name))];
  return candidates.find((path) => path && existsSync(path) && !isInModules(path)) ?? null;
}

function pathOutside() {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '' && !isInModules(folder));
}

function isInModules(path) {
  return [path, realPath(path)].some((each) => `${each}${sep}`.startsWith(`${realPath(modulesFolder)}${sep}`));
}

function realPath(path) {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
