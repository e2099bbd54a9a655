/** A full disk and another program's hold on the library end nothing: work waits, says why, and goes on by itself. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createEngine, type Engine } from '../../../src/main/engine/createEngine.ts';
import { patientLibrary } from '../../../src/main/engine/patientLibrary.ts';
import { JobQueue } from '../../../src/main/engine/queue/jobQueue.ts';
import { StorageGate } from '../../../src/main/engine/storageGate.ts';
import { connectLibrary } from '../../../src/main/library/connectLibrary.ts';
import { forkHost } from '../../../src/main/shells/shared/forkHost.ts';
import { ffmpeg } from '../../support/media.ts';
import { jobTo, workersThat } from '../jobs/testQueue.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-storage-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function holdLibrary(): Promise<ChildProcess> {
  const program = join(import.meta.dirname, '..', 'library', 'programs', 'holdLock.ts');
  const holder = spawn(process.execPath, [program, join(folder, 'library.sqlite'), 'writing'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void holder.kill('SIGKILL'));
  await once(holder.stdout as NodeJS.ReadableStream, 'data');
  return holder;
}

/** Resolves when `is` holds; looked at every few milliseconds. */
async function until(is: () => boolean): Promise<void> {
  while (!is()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('another program that holds the library', () => {
  it('holds a job up and does not end it: the outcome is written when the program lets go', async () => {
    const told: (string | undefined)[] = [];
    const gate = new StorageGate(() => told.push(gate.trouble?.code));
    const connected = await connectLibrary({ folder, callTimeoutMs: 20 });
    onTestFinished(() => connected.close());
    const library = patientLibrary(connected, gate);
    let release = () => {};
    const work = new Promise<void>((resolve) => {
      release = resolve;
    });
    const ask = async () => work.then(() => ({ text: 'Red.' }));
    const queue = new JobQueue(library, workersThat({ ask }), { onChange: () => {} });
    const { id } = await queue.enqueue(jobTo('ask', 'colour?'));
    await until(() => true);
    const holder = await holdLibrary();
    release();
    const written = library.setSetting('kept', 'yes');
    await until(() => gate.trouble !== null);
    expect(gate.trouble).toMatchObject({ code: 'library-locked', message: expect.stringContaining('Another program') });
    // Reading goes on meanwhile.
    expect((await library.getJob(id)).state).toBe('running');
    holder.kill('SIGKILL');
    await written;
    await queue.whenIdle();
    expect(await library.getJob(id)).toMatchObject({ state: 'done', result: { text: 'Red.' } });
    expect(told).toEqual(['library-locked', undefined]);
  });

  it('never lets a later write overtake one that waits', async () => {
    const gate = new StorageGate(() => {});
    const connected = await connectLibrary({ folder, callTimeoutMs: 20 });
    onTestFinished(() => connected.close());
    const library = patientLibrary(connected, gate);
    const holder = await holdLibrary();
    const writes = ['first', 'second', 'last'].map((value) => library.setSetting('order', value));
    await until(() => gate.trouble !== null);
    holder.kill('SIGKILL');
    await Promise.all(writes);
    expect(await library.getSetting('order')).toBe('last');
  });

  it('does not keep the program from ending', async () => {
    const gate = new StorageGate(() => {});
    const connected = await connectLibrary({ folder, callTimeoutMs: 20 });
    onTestFinished(() => connected.close());
    await holdLibrary();
    const write = patientLibrary(connected, gate).setSetting('a', 'b');
    gate.close();
    await expect(write).rejects.toMatchObject({ code: 'library-locked' });
  });
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0 && tryMount();

/** Needs root: a disk of its own, so that it can be full. */
function tryMount(): boolean {
  const result = spawnSync('sh', [
    '-c',
    'd=$(mktemp -d) && mount -t tmpfs -o size=1m tmpfs $d && umount $d && rmdir $d',
  ]);
  if (result.status !== 0) console.warn('skipped: no small disk can be mounted here, so none can be filled');
  return result.status === 0;
}

async function smallDisk(megabytes: number): Promise<string> {
  const disk = join(folder, 'disk');
  await mkdir(disk);
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk]);
  return disk;
}

/** Takes all the room that is left. */
async function fill(disk: string): Promise<() => Promise<void>> {
  const filler = join(disk, 'filler');
  const { bavail, bsize } = await statfs(disk);
  await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize))).catch(() => {});
  await writeFile(`${filler}-rest`, Buffer.alloc(2 ** 20)).catch(() => {});
  return () => rm(filler);
}

describe.skipIf(!canMount)('a full disk', () => {
  let engine: Engine | null = null;
  afterEach(async () => {
    await engine?.close();
    spawnSync('umount', [join(folder, 'disk')]);
  });

  const open = async (disk: string) => {
    engine = await createEngine({
      version: 'test',
      libraryFolder: join(disk, 'library'),
      resourcesFolder: join(import.meta.dirname, '..', '..', '..', 'resources'),
      spawnHost: forkHost,
    });
    return engine;
  };

  it('holds indexing up, is told, and every job ends well once there is room', async () => {
    const disk = await smallDisk(24);
    const clip = join(folder, 'clip.mp4');
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=10:duration=3', '-pix_fmt', 'yuv420p', clip);
    const opened = await open(disk);
    const makeRoom = await fill(disk);
    const added = opened.api.addToLibrary({ paths: [clip] });
    await until(() => opened.trouble?.code === 'disk-full');
    expect((await opened.api.status({})).trouble?.message).toContain('disk is full');
    await makeRoom();
    await added;
    await opened.whenIdle();
    const { items } = await opened.api.listMedia({});
    expect(items.map(({ state, segmentCount }) => ({ state, segmentCount }))).toEqual([
      { state: 'ready', segmentCount: 1 },
    ]);
    expect(opened.trouble).toBeNull();
    const jobs = await opened.api.listJobs({});
    expect(jobs.filter(({ state }) => state === 'failed')).toEqual([]);
  });
});
