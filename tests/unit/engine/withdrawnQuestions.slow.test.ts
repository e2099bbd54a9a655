/** Questions that nobody waits for any more are not answered, and no answer goes on "streaming" for ever. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEngine, type Engine, type HostProcess } from '../../../src/main/engine/createEngine.ts';
import { ffmpeg } from '../../support/media.ts';

let folder: string;
let engine: Engine;
let mediaId: string;

/** A helper that never answers: the first question keeps the lane busy. */
function silentHost(): HostProcess {
  let exit: (code: number | null) => void = () => {};
  return {
    pid: undefined,
    post: () => {},
    onMessage: () => {},
    onExit: (listener) => {
      exit = listener;
    },
    kill: () => exit(null),
  };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-withdrawn-'));
  const clip = join(folder, 'clip.mp4');
  await ffmpeg('-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=10:duration=1', '-pix_fmt', 'yuv420p', clip);
  engine = await createEngine({
    version: 'test',
    libraryFolder: join(folder, 'library'),
    resourcesFolder: join(import.meta.dirname, '..', '..', '..', 'resources'),
    spawnHost: silentHost,
  });
  mediaId = (await engine.api.ask({ source: { path: clip }, question: 'the one that keeps the lane busy' })).mediaId;
});
afterEach(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = (question: string) => engine.api.ask({ source: { mediaId }, question });
const stateOf = async (jobId: string) => (await engine.api.listJobs({})).find(({ id }) => id === jobId)?.state;

it('a deleted conversation withdraws its questions, and no other', async () => {
  const [theirs, others] = [await ask('which dog?'), await ask('which cat?')];
  await engine.api.deleteConversation({ conversationId: theirs.conversationId });
  expect(await stateOf(theirs.jobId)).toBe('cancelled');
  expect(await stateOf(others.jobId)).toBe('queued');
});

it('a removed file withdraws its questions, and their answers say that they were stopped', async () => {
  const { conversationId } = await ask('which dog?');
  await engine.api.removeMedia({ mediaId });
  expect((await engine.api.getConversation({ conversationId })).messages.at(-1)?.state).toBe('stopped');
});

it('a question that is cancelled before its turn leaves a stopped answer', async () => {
  const { jobId, conversationId } = await ask('which dog?');
  await engine.api.cancelJob({ jobId });
  expect((await engine.api.getConversation({ conversationId })).messages.at(-1)?.state).toBe('stopped');
});
