/** The way of a question as docs/architecture.md lists it, held against the stacks of every process that it goes through. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import type { SpawnHost } from '../../../src/main/channel/hostProcess.ts';
import { messagePort } from '../../../src/main/channel/messagePort.ts';
import { serveWindow } from '../../../src/main/channel/serveWindow.ts';
import { createEngine } from '../../../src/main/engine/createEngine.ts';
import { forkHost } from '../../../src/main/shells/shared/forkHost.ts';
import { createRpcClient } from '../../../src/renderer/client/rpcClient.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));

/** "answerAbout (src/main/engine/answering/answerAbout.ts)": the functions of ours in a stack, the outermost first. */
function functionsIn(stack = ''): string[] {
  const frames = stack.split('\n').flatMap((line) => {
    const [, called = '', file = ''] = /^\s+at (.*?)\(?(?:file:\/\/)?(\/[^()]*?):\d+:\d+\)?$/.exec(line) ?? [];
    const path = relative(project, file);
    const name = /(\w+)(?: \[as \w+\])? $/.exec(called)?.[1] ?? 'a function without a name';
    return path.startsWith('src/') ? [`${name} (${path})`] : [];
  });
  return frames.reverse();
}

/** The functions up to the one of this name, with it. */
function until(name: string, functions: string[]): string[] {
  return functions.slice(0, functions.findIndex((each) => each.startsWith(`${name} (`)) + 1);
}

async function listed(): Promise<string[]> {
  const docs = await readFile(join(project, 'docs/architecture.md'), 'utf8');
  const rows = docs.matchAll(/^\| \d+ \| \w+ \| `(\w+)` \| `(src\/[^`]+)` \|/gm);
  return [...rows].map(([, name, file]) => `${name} (${file})`);
}

it('goes through the functions that the docs list, and through no others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-way-'));
  const limit = Error.stackTraceLimit;
  const recorded = join(folder, 'stacks');
  Error.stackTraceLimit = 100;
  process.env.PLAYHEAD_STACKS = recorded;
  process.env.NODE_OPTIONS = `--import ${pathToFileURL(join(import.meta.dirname, 'programs', 'recordEncode.ts'))}`;
  const way: Record<'window' | 'queued' | 'answered', string[]> = { window: [], queued: [], answered: [] };
  const here = () => functionsIn(new Error('here').stack);
  const spawnHost: SpawnHost = (name) => {
    const host = forkHost(name);
    const post = (message: unknown) => {
      if ((message as { m?: string }).m === 'answer') way.answered = here();
      host.post(message);
    };
    return { ...host, post };
  };
  const engine = await createEngine({
    version: 'test',
    libraryFolder: join(folder, 'library'),
    resourcesFolder: join(project, 'resources'),
    spawnHost,
  });
  const { port1, port2 } = new MessageChannel();
  onTestFinished(async () => {
    Error.stackTraceLimit = limit;
    delete process.env.NODE_OPTIONS;
    delete process.env.PLAYHEAD_STACKS;
    port1.close();
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });
  engine.onEvent((event) => {
    if (event.type === 'job' && event.job.state === 'queued') way.queued = until('enqueue', here());
  });
  serveWindow(messagePort(port1), engine);
  const window = createRpcClient({
    start({ onOpen }) {
      const port = messagePort(port2);
      const post = (message: unknown) => {
        way.window = here();
        port.post(message);
      };
      onOpen({ ...port, post });
    },
    urlOf: (route) => route,
  });

  const source = { path: join(project, 'resources', 'samples', 'red-circle-and-bell.mp4') };
  await window.call('ask', { source, question: 'What colour is it?', segment: { startSec: 0, endSec: 3 } });
  const asked = way.window;
  await engine.whenIdle();
  const stacks = (await readFile(recorded, 'utf8')).trim().split('\n');
  const inModel = stacks.map((line) => functionsIn(JSON.parse(line) as string));
  const tokenized = inModel.findLast((functions) => functions.some((each) => each.startsWith('fitPrompt (')));

  const functions = [...asked, ...way.queued, ...way.answered, ...until('encode', tokenized ?? []).slice(0, -1)];
  expect(functions).toContain('answerAbout (src/main/engine/answering/answerAbout.ts)');
  expect(functions).toEqual(await listed());
  expect(functions.length).toBeLessThanOrEqual(12);
});
