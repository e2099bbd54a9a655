/**
 * Sets up what a fresh clone lacks: the packages, a current Node, ffmpeg where it can be had, the build.
 * Install scripts of packages are off; the few that are needed are run here by name, so that one which
 * cannot reach its download host never fails the whole install.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCurrentNode, nodePath, projectFolder } from './nodeBinary.mjs';

const modules = join(projectFolder, 'node_modules');
const installStamp = join(modules, '.playhead-installed');
const buildStamp = join(projectFolder, 'out', '.playhead-built');

/** Installs the packages of the lock file unless they are there already. */
export function ensureInstalled() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    fail(
      `Playhead needs Node 20 or newer to set itself up; this is ${process.version}. Install a current Node from nodejs.org.`,
    );
  }
  const wanted = readFileSync(join(projectFolder, 'package-lock.json'), 'utf8');
  if (existsSync(installStamp) && readFileSync(installStamp, 'utf8') === wanted) return;
  say('Installing packages (once; about 1.3 GB on disk) …');
  npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  if (!isCurrentNode()) installCurrentNode();
  makeInstallerBinariesExecutable();
  fetchFfmpegStatic();
  writeFileSync(installStamp, wanted);
}

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

/** Builds the app unless the build is newer than every source. */
export function ensureBuilt() {
  const sources = ['src', 'electron.vite.config.ts', 'package-lock.json'].map((name) =>
    newestChange(join(projectFolder, name)),
  );
  if (existsSync(buildStamp) && statSync(buildStamp).mtimeMs > Math.max(...sources)) return;
  say('Building …');
  run(nodePath(), [join(modules, 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'], {
    // electron-vite asks the Electron binary for its versions; a build must not need the binary.
    env: { ...process.env, ELECTRON_MAJOR_VER: electronMajor() },
  });
  mkdirSync(join(projectFolder, 'out'), { recursive: true });
  writeFileSync(buildStamp, new Date().toISOString());
}

/** Runs a program, its output shown; ends this process with its exit code when it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: projectFolder, stdio: 'inherit', ...options });
  if (result.error) fail(`${command} could not be started: ${result.error.message}`);
  if (result.status !== 0) process.exit(result.status ?? 1);
}

export function say(text) {
  process.stderr.write(`playhead: ${text}\n`);
}

function npm(args, options = {}) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) run(process.execPath, [cli, ...args], options);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { ...options, shell: process.platform === 'win32' });
}

/** The npm package `node` carries a current Node for every platform; its installer links the right one. */
function installCurrentNode() {
  say(`Node ${process.versions.node} is too old to run Playhead; installing a current one beside it …`);
  run(process.execPath, ['installArchSpecificPackage'], {
    cwd: join(modules, 'node'),
    env: { ...process.env, npm_config_loglevel: 'error', npm_config_ignore_scripts: 'true' },
  });
}

function makeInstallerBinariesExecutable() {
  for (const name of ['ffmpeg', 'ffprobe']) {
    const scope = join(modules, `@${name}-installer`);
    for (const platform of existsSync(scope) ? readdirSync(scope) : []) {
      const binary = join(scope, platform, name);
      if (existsSync(binary)) chmodSync(binary, 0o755);
    }
  }
}

/** ffmpeg-static downloads its binary; where its host cannot be reached, another ffmpeg serves. */
function fetchFfmpegStatic() {
  const folder = join(modules, 'ffmpeg-static');
  if (!existsSync(folder)) return;
  const result = spawnSync(process.execPath, ['install.js'], { cwd: folder, timeout: 120_000, encoding: 'utf8' });
  if (result.status !== 0) say('ffmpeg-static could not be downloaded; another ffmpeg will be used.');
}

function electronMajor() {
  return JSON.parse(readFileSync(join(modules, 'electron', 'package.json'), 'utf8')).version.split('.')[0];
}

function newestChange(path) {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(info.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

function fail(text) {
  say(text);
  process.exit(1);
}
