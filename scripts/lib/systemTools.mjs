/** What the tests need beyond npm: Chromium and ffmpeg. On Debian as root they are installed; else advice is given. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { say } from './run.mjs';

export function ensureSystemTools() {
  const missing = [
    ...(hasChromium() ? [] : ['chromium']),
    ...(answers('ffmpeg', '-version') && answers('ffprobe', '-version') ? [] : ['ffmpeg']),
  ];
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && answers('apt-get', '--version')) {
    say(`Installing ${missing.join(' and ')} …`);
    apt(['update', '-qq']);
    apt(['install', '-y', '-qq', '--no-install-recommends', ...missing]);
    return;
  }
  if (missing.includes('ffmpeg')) {
    say(
      'ffmpeg was not found; the copy that comes with the npm packages is used, and tests that need more will say so.',
    );
  }
  if (missing.includes('chromium')) installPlaywrightBrowser();
}

function hasChromium() {
  return ['/usr/bin/chromium', process.env.PLAYHEAD_CHROMIUM ?? ''].some((path) => path !== '' && existsSync(path));
}

/** Elsewhere Playwright brings its own browser. */
function installPlaywrightBrowser() {
  const result = spawnSync('npx', ['playwright', 'install', 'chromium'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    say(
      'Chromium could not be installed; the end-to-end tests need it. Install it, or set PLAYHEAD_CHROMIUM to its path.',
    );
  }
}

function apt(args) {
  const result = spawnSync('apt-get', args, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (result.status !== 0) say(`apt-get ${args[0]} failed; going on with what there is.`);
}

function answers(command, argument) {
  return spawnSync(command, [argument], { stdio: 'ignore' }).status === 0;
}
