/**
 * `npm run dev`: the app while it is worked on. A change of the UI is seen at once; after a change of anything else
 * the app starts again, with its helpers. In Electron where it can run, else in the browser.
 */
import { join } from 'node:path';
import { whyNoElectron } from './lib/electron.mjs';
import { launch } from './lib/launch.mjs';
import { modulesFolder, projectFolder } from './lib/nodeBinary.mjs';
import { readArguments } from './lib/readArguments.mjs';
import { say } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

const usage = `Usage: npm run dev [-- options]
  --browser            in the browser, also where Electron can run
  --library <folder>   the library to work with (the default: .dev-library in this folder, so that yours is left alone)
  --inspect            the main process waits for no debugger, and listens for one on port 9229`;
const { values } = readArguments(usage, {
  options: {
    browser: { type: 'boolean' },
    library: { type: 'string', default: join(projectFolder, '.dev-library') },
    inspect: { type: 'boolean' },
  },
});

setUp();
process.env.PLAYHEAD_LIBRARY = values.library;
const refusal = values.browser ? 'you asked for the browser' : whyNoElectron();
const inspect = values.inspect ? ['--inspect'] : [];
if (refusal) developInBrowser(refusal);
else developInElectron();

function developInElectron() {
  const cli = join(modulesFolder, 'electron-vite', 'bin', 'electron-vite.js');
  launch(cli, ['dev', '--watch', ...inspect], { cwd: projectFolder });
}

function developInBrowser(reason) {
  say(`Opening in the browser instead of Electron: ${reason}.`);
  launch(join(projectFolder, 'scripts', 'lib', 'developInBrowser.mjs'), ['--open', ...inspect]);
}
