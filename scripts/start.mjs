/**
 * `npm start`: sets up everything and opens the app. Electron where its binary can be had and a display
 * exists; else the same UI in the browser, with one line that says why.
 */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { electronBinary, whyNoElectron } from './lib/electron.mjs';
import { launch } from './lib/launch.mjs';
import { projectFolder } from './lib/nodeBinary.mjs';
import { readArguments } from './lib/readArguments.mjs';
import { say } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

const usage = `Usage: npm start [-- options] [files to open]
  --library <folder>   the library to work with
  --ask <file>         shows this file with the cursor in the question
  --browser            in the browser, also where Electron can run; there alone:
  --port <number>      of the page on 127.0.0.1 (a free one)
  --model <bundle>     the model bundle to answer with
  --provider <name>    ONNX Runtime provider to try first: cpu or webgpu`;
const text = { type: 'string' };
const { values, positionals } = readArguments(usage, {
  allowPositionals: true,
  options: { browser: { type: 'boolean' }, ask: text, port: text, library: text, model: text, provider: text },
});
const { browser, ...flags } = values;
// One argument each, and files behind "--": a file's name may begin with a dash.
const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
const files = ['--', ...positionals];

setUp({ build: true });
const refusal = browser ? 'you asked for the browser' : whyNoElectron();
if (refusal) serveInBrowser(refusal);
else openElectron();

function openElectron() {
  // What begins with a dash is no file to open, and its value would be taken for one.
  const env = flags.library ? { ...process.env, PLAYHEAD_LIBRARY: resolve(flags.library) } : process.env;
  const child = spawn(electronBinary(), [projectFolder, ...(flags.ask ? [`--ask=${flags.ask}`] : []), ...files], {
    stdio: 'inherit',
    env,
  });
  child.on('exit', (code) => process.exit(code ?? 1));
  child.on('error', (error) => serveInBrowser(`Electron did not start (${error.message})`));
}

function serveInBrowser(reason) {
  say(`Opening in the browser instead of Electron: ${reason}.`);
  launch(join(projectFolder, 'out', 'main', 'server.js'), ['--open', ...args, ...files]);
}
