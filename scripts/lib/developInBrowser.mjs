/**
 * The browser shell from its sources, while they are worked on: Vite serves the UI and tells the page of changes, the
 * server hands Vite's pages on; after a change of anything else it is started again.
 *   --inspect  its Node listens for a debugger   --open  opens the browser, once
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createSocket } from 'node:net';
import { join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import config from '../../electron.vite.config.ts';
import { projectFolder } from './nodeBinary.mjs';
import { say } from './run.mjs';

const { values } = parseArgs({ options: { inspect: { type: 'boolean' }, open: { type: 'boolean' } } });
const source = (name) => join(projectFolder, 'src', name);
/** Milliseconds: an editor may write several files at once. */
const settlingMs = 200;

const port = await findFreePort();
const vite = await createServer({
  ...config.renderer,
  configFile: false,
  // The page comes from our server's port; what changes is told by Vite's.
  server: { host: '127.0.0.1', port, strictPort: true, hmr: { host: '127.0.0.1', clientPort: port } },
});
await vite.listen();
const program = [
  ...(values.inspect ? ['--inspect'] : []),
  '--disable-warning=ExperimentalWarning',
  join(source('main'), 'shells', 'server', 'index.ts'),
  '--ui',
  `http://127.0.0.1:${port}`,
];
let server = start(values.open ? [...program, '--open'] : program);
let restart;

vite.watcher.add([source('main'), source('contract')]);
vite.watcher.on('all', (_event, file) => {
  if (!file.startsWith(source('main') + sep) && !file.startsWith(source('contract') + sep)) return;
  clearTimeout(restart);
  restart = setTimeout(() => startAgain(file), settlingMs);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, async () => {
    await Promise.all([end(server), vite.close()]);
    process.exit(0);
  });
}

/** The open tab finds the new server by itself. */
async function startAgain(file) {
  say(`${file.slice(projectFolder.length + 1)} changed: starting again …`);
  await end(server);
  server = start(program);
}

function start(args) {
  const child = spawn(process.execPath, args, { stdio: 'inherit', cwd: projectFolder });
  child.on('exit', (code) => code && say('It ended with an error, and is started again after the next change.'));
  return child;
}

async function findFreePort() {
  const socket = createSocket().listen(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise((resolve) => socket.close(resolve));
  return port;
}

/** Resolves when the process has let go of its library. */
function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}
