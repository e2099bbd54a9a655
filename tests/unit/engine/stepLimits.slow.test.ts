/** Every step of a job ends in time, with a code and the name of the file. */

import { fork } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cancelled } from '../../../src/contract/index.ts';
import { connectHost, type HostProcess } from '../../../src/main/channel/hostProcess.ts';
import { type CallSeconds, callLimits } from '../../../src/main/engine/callLimits.ts';
import type { ImportHostApi } from '../../../src/main/importing/importHostApi.ts';
import { hashWholeFile } from '../../../src/main/media/fingerprint.ts';
import type { Clip, ModelHostApi } from '../../../src/main/ports/modelHostApi.ts';
import type { RecogniserHostApi } from '../../../src/main/ports/recogniserHostApi.ts';

const clip: Clip = { path: '/v/film.mp4', kind: 'video', segment: { startSec: 0, endSec: 4 }, hasAudio: true };
const timeLimit = { code: 'time-limit', file: clip.path, message: expect.stringContaining('took longer than') };
const soon = () => 0.05;
const impatient: CallSeconds = {
  load: soon,
  import: soon,
  recognise: soon,
  answer: soon,
  embed: soon,
  readWords: soon,
};

/** A process that comes to no end, whatever it is asked. */
function hangingHost<Api extends object>(options?: Parameters<typeof connectHost>[1]) {
  const child = fork(join(import.meta.dirname, 'programs', 'hanging.ts'), [], { serialization: 'advanced' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const process: HostProcess = {
    pid: child.pid,
    post: (message) => void (child.connected && child.send(message as object)),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', (code) => listener(code)),
    kill: () => void child.kill('SIGKILL'),
  };
  return connectHost<Api>(process, options);
}

/** A file of four gigabytes that takes no room on the disk. */
async function largeFile() {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-large-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'large.mkv');
  const handle = await open(path, 'w');
  await handle.truncate(4 * 2 ** 30);
  await handle.close();
  return { path, sizeBytes: 4 * 2 ** 30 };
}

/** As every call of the engine that may take long: it can be stopped. */
const { signal } = new AbortController();

test('recognisers that hang are ended with their process, and the file is named', async () => {
  const host = hangingHost<RecogniserHostApi>({ limitOf: callLimits(impatient) });
  await expect(host.api.recognise(clip, { signal })).rejects.toMatchObject(timeLimit);
  await host.exited;
});

test('a model that hangs over a clip is ended with its process, and the file is named', async () => {
  const calls = ['answer', 'caption', 'embedClip'] as const;
  const ended = calls.map(async (call) => {
    const { api, exited } = hangingHost<ModelHostApi>({ limitOf: callLimits(impatient) });
    const asked = { clip, question: 'What?', modality: 'auto' } as const;
    const working = call === 'embedClip' ? api.embedClip(clip, { signal }) : api[call](asked, { signal });
    await expect(working, call).rejects.toMatchObject(timeLimit);
    await exited;
  });
  await Promise.all(ended);
});

test('an import that hangs is ended with its process, and the checkpoint is named', async () => {
  const host = hangingHost<ImportHostApi>({ limitOf: callLimits(impatient) });
  const input = { checkpointFolder: '/checkpoints/one', bundleFolder: '/models/one' };
  const importing = host.api.importCheckpoint(input, { signal });
  await expect(importing).rejects.toMatchObject({ code: 'time-limit', file: '/checkpoints/one' });
  await host.exited;
});

test('a model that does not come to an end of loading, or of reading words, is left', async () => {
  const { api } = hangingHost<ModelHostApi>({ limitOf: callLimits(impatient) });
  const loading = api.loadModel({ bundleFolder: '/models/one', providers: ['cpu'] });
  await expect(loading).rejects.toMatchObject({ code: 'time-limit', file: '/models/one' });
  await expect(api.embedText('a dog')).rejects.toMatchObject({ code: 'time-limit' });
});

test('what is cancelled says so, however long its limit is', async () => {
  const controller = new AbortController();
  const working = hangingHost<RecogniserHostApi>({ limitOf: callLimits() }).api.recognise(clip, controller);
  controller.abort(cancelled());
  await expect(working).rejects.toMatchObject({ code: 'cancelled' });
});

test('hashing a file that does not come to an end is given up by name, and hears the cancel', async () => {
  const { path, sizeBytes } = await largeFile();
  await expect(hashWholeFile(path, sizeBytes, { limitSec: 0.01 })).rejects.toMatchObject({
    code: 'time-limit',
    file: path,
  });
  const signal = AbortSignal.abort(cancelled());
  await expect(hashWholeFile(path, sizeBytes, { signal })).rejects.toMatchObject({ code: 'cancelled' });
});
