/** The whole engine on real files: what survives a crash, a move, a cancel, a second start. */
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Job, MediaItem } from '../../../src/contract/index.ts';
import { createEngine, type Engine, type HostProcess } from '../../../src/main/engine/createEngine.ts';
import { forkHost } from '../../../src/main/shells/shared/forkHost.ts';
import { ffmpeg } from '../../support/media.ts';

const resourcesFolder = join(import.meta.dirname, '..', '..', '..', 'resources');
let folder: string;
let hosts: Map<string, HostProcess>;
let engines: Engine[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-engine-'));
  hosts = new Map();
  engines = [];
});
afterEach(async () => {
  await Promise.all(engines.map((engine) => engine.close()));
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<Engine> {
  const engine = await createEngine({
    version: 'test',
    libraryFolder: join(folder, 'library'),
    resourcesFolder,
    spawnHost: (name) => {
      const host = forkHost(name);
      hosts.set(name, host);
      return host;
    },
  });
  engines.push(engine);
  return engine;
}

async function close(engine: Engine): Promise<void> {
  engines = engines.filter((other) => other !== engine);
  await engine.close();
}

async function makeClip(name: string, seconds: number): Promise<string> {
  const file = join(folder, name);
  const picture = ['-f', 'lavfi', '-i', `testsrc=size=160x120:rate=10:duration=${seconds}`];
  await ffmpeg(...picture, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', file);
  return file;
}

async function indexAll(engine: Engine, ...paths: string[]): Promise<MediaItem[]> {
  await engine.api.addToLibrary({ paths });
  await engine.whenIdle();
  return (await engine.api.listMedia({})).items;
}

/** Resolves when a job of this kind does what `is` waits for. */
function whenJob(engine: Engine, is: (job: Job) => boolean): Promise<Job> {
  return new Promise((resolve) => {
    const stop = engine.onEvent((event) => {
      if (event.type !== 'job' || !is(event.job)) return;
      stop();
      resolve(event.job);
    });
  });
}

const isReading = (job: Job) => job.kind === 'index' && job.stage.includes('on-screen text');

describe('the engine', () => {
  it('refuses a second engine on the same library, and lets it look', async () => {
    await open();
    await expect(open()).rejects.toMatchObject({ code: 'library-locked' });
  });

  it('indexes a file although the recogniser’s process dies over it every time, and says what was left out', async () => {
    const engine = await open();
    const file = await makeClip('crash.mp4', 3);
    const killing = setInterval(() => hosts.get('recogniserHost')?.kill(), 30);
    onTestFinished(() => clearInterval(killing));
    const [item] = await indexAll(engine, file);
    expect(item?.state).toBe('ready');
    expect(item?.notices.join(' ')).toMatch(/on-screen text and things were left out/i);
  });

  it('goes on after it was closed in the middle of a file', async () => {
    const file = await makeClip('interrupted.mp4', 3);
    const first = await open();
    const reading = whenJob(first, isReading);
    await first.api.addToLibrary({ paths: [file] });
    await reading;
    await close(first);
    const second = await open();
    await second.whenIdle();
    const { items } = await second.api.listMedia({});
    expect(items.map(({ state, segmentCount }) => ({ state, segmentCount }))).toEqual([
      { state: 'ready', segmentCount: 1 },
    ]);
  });

  it('knows a moved file again, with its conversations', async () => {
    const engine = await open();
    const before = await makeClip('before.mp4', 2);
    const [item] = await indexAll(engine, before);
    const mediaId = item?.id ?? '';
    const asked = await engine.api.ask({ source: { mediaId }, question: 'What is seen?' });
    await engine.api.cancelJob({ jobId: asked.jobId });
    await rename(before, join(folder, 'after 🎬.mp4'));
    const items = await indexAll(engine, join(folder, 'after 🎬.mp4'));
    expect(items.map(({ id, fileName }) => ({ id, fileName }))).toEqual([{ id: mediaId, fileName: 'after 🎬.mp4' }]);
    expect(await engine.api.listConversations({ mediaId })).toHaveLength(1);
  });

  it('says of a file that does not play what is wrong with the file itself', async () => {
    const engine = await open();
    const file = await makeClip('before.mp4', 2);
    const [item] = await indexAll(engine, file);
    const mediaId = item?.id ?? '';
    expect(await engine.api.checkMedia({ mediaId })).toEqual({ error: null, notices: [], candidate: null });
    const whole = await readFile(file);
    await writeFile(file, whole.subarray(0, whole.length / 2));
    expect((await engine.api.checkMedia({ mediaId })).error?.code).toBe('file-damaged');
    await writeFile(file, whole);
    await rename(file, join(folder, 'after.mp4'));
    const gone = await engine.api.checkMedia({ mediaId });
    expect(gone).toMatchObject({ error: { code: 'file-not-found', file }, candidate: join(folder, 'after.mp4') });
    expect((await engine.api.getMedia({ mediaId })).item.state).toBe('offline');
    await indexAll(engine, gone.candidate ?? '');
    expect((await engine.api.getMedia({ mediaId })).item).toMatchObject({ fileName: 'after.mp4', state: 'ready' });
  });

  it('cancels all files at once, and none of them waits any more', async () => {
    const engine = await open();
    for (const name of ['1.mp4', '2.mp4', '3.mp4']) await makeClip(name, 2);
    const reading = whenJob(engine, isReading);
    await engine.api.addToLibrary({ paths: [folder] });
    await reading;
    expect(await engine.api.work({})).toMatchObject({ filesDone: 0, isPaused: false });
    await engine.api.changeJobs({ change: 'cancel', kinds: ['scan', 'index'] });
    expect(await engine.api.work({})).toMatchObject({ filesLeft: 0, progress: null });
    const { items } = await engine.api.listMedia({});
    expect(items.map(({ state }) => state).filter((state) => state === 'queued' || state === 'indexing')).toEqual([]);
    await engine.api.changeJobs({ change: 'dismiss' });
    expect(await engine.api.listJobs({})).toEqual([]);
  });

  it('lets a cancelled file wait for nothing', async () => {
    const engine = await open();
    const file = await makeClip('cancelled.mp4', 3);
    const reading = whenJob(engine, isReading);
    await engine.api.addToLibrary({ paths: [file] });
    const job = await reading;
    expect((await engine.api.cancelJob({ jobId: job.id })).state).toBe('cancelled');
    const [item] = (await engine.api.listMedia({})).items;
    expect(item?.state).not.toBe('queued');
    expect(item?.state).not.toBe('indexing');
  });

  it('gives routes only to files of the library', async () => {
    const engine = await open();
    const [item] = await indexAll(engine, await makeClip('mine.mp4', 2));
    expect((await engine.openRoute(item?.stream ?? ''))?.contentType).toBe('video/mp4');
    for (const route of ['media/../../etc/passwd', 'media/unknown', 'poster/../x', 'thumbnail/', '/etc/passwd']) {
      expect(await engine.openRoute(route), route).toBeNull();
    }
  });
});
