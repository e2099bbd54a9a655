/**
 * Runs the built main process out of a packed app's folder, as Electron would, and asks it a few things over the port of its
 * window: `packagedProbe.ts <resources folder> <data folder> <file to index>` prints what it found as JSON.
 */
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { openChannel } from '../../../src/main/channel/openChannel.ts';
import { createElectron } from './standIn.ts';
import './register.ts';

interface Calls {
  [name: string]: (input: object) => Promise<never>;
}

const [, , resources = '', userData = '', film = ''] = process.argv;
const appPath = join(resources, 'app.asar');
Object.assign(process, { resourcesPath: resources });
process.argv = [process.execPath];

const electron = createElectron({
  ...{ userData, appPath, isPackaged: true },
  screen: {
    load: async () => {},
    send: () => {},
    close: () => {},
    post: (_window, _channel, _message, [port]) => void ask(port as MessagePort),
  },
});
globalThis.playheadElectron = electron;
await import(join(appPath, 'out', 'main', 'index.js'));

async function ask(port: MessagePort): Promise<void> {
  const finished = new Map<string, (job: { state: string; error: unknown; result: unknown }) => void>();
  const events = { event: ({ type, job }: { type: string; job: never }) => type === 'job' && settle(job) };
  const settle = (job: { id: string; state: string; error: unknown; result: unknown }) => {
    if (['done', 'failed', 'cancelled'].includes(job.state)) finished.get(job.id)?.(job);
  };
  const channel = openChannel<Calls>(
    { post: (message) => port.postMessage(message), onMessage: (listener) => void port.on('message', listener) },
    events,
  );
  const call = (name: string, input: object) => channel.$call(name, input) as Promise<Record<string, string>>;
  const untilIdle = async () => {
    for (;;) {
      const { filesLeft } = (await call('work', {})) as unknown as { filesLeft: number };
      if (filesLeft === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const { jobId: scan = '' } = await call('addToLibrary', { paths: [film] });
  await new Promise((resolve) => finished.set(scan, resolve));
  await untilIdle();
  const found = await call('search', { text: 'Bakery' });
  const sample = join(resources, 'resources', 'samples', 'red-circle-and-bell.mp4');
  const { jobId = '' } = await call('ask', {
    source: { path: sample },
    question: 'Which colour does the circle have?',
  });
  const answer = await new Promise((resolve) => finished.set(jobId, resolve));
  const status = await call('status', {});
  const preload = await import('node:fs').then(({ existsSync }) =>
    existsSync(join(appPath, 'out', 'preload', 'index.cjs')),
  );
  const page = await electron.test.handlers.get('playhead')?.(new Request('playhead://app/'));
  console.log(JSON.stringify({ found, answer, status, preload, page: page?.status }));
  electron.app.once('quit', () => process.exit(0));
  electron.app.quit();
}
