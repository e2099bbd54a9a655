/** Starting and stopping: one Playhead a library, nothing kept by a failed start, an orderly end, and a folder that goes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createEngine, type Engine } from '../../../src/main/engine/createEngine.ts';
import { LibraryLock, makeLibraryFolder } from '../../../src/main/engine/libraryLock.ts';
import { connectLibrary } from '../../../src/main/library/connectLibrary.ts';
import { forkHost } from '../../../src/main/shells/shared/forkHost.ts';
import { ffmpeg } from '../../support/media.ts';

let folder: string;
let library: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-start-'));
  library = join(folder, 'library');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (): Promise<Engine> =>
  createEngine({
    version: 'test',
    libraryFolder: library,
    resourcesFolder: join(import.meta.dirname, '..', '..', '..', 'resources'),
    spawnHost: forkHost,
  });

const cli = join(import.meta.dirname, '..', '..', '..', 'src', 'main', 'shells', 'terminal', 'index.ts');

function playhead(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [cli, ...args, '--library', library], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

it('an engine that is asked twice to close ends once, and both who asked hear of it', async () => {
  const engine = await open();
  await expect(Promise.all([engine.close(), engine.close()])).resolves.toEqual([undefined, undefined]);
  await expect(engine.close()).resolves.toBeUndefined();
});

describe('the lock of a library', () => {
  it('is free as soon as its program was killed, whoever has its number now', async () => {
    await makeLibraryFolder(library);
    const program = `import { LibraryLock } from '${join(import.meta.dirname, '../../../src/main/engine/libraryLock.ts')}';
      await LibraryLock.take('${library}'); console.log('held'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout as NodeJS.ReadableStream, 'data');
    await expect(LibraryLock.take(library)).rejects.toMatchObject({
      code: 'library-locked',
      message: expect.stringContaining(String(holder.pid)),
    });
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await writeFile(join(library, 'playhead.lock'), '1'); // a program that lives, and is not ours
    const lock = await LibraryLock.take(library);
    await lock.release();
  });

  it('is taken by one of many that start at once', async () => {
    await makeLibraryFolder(library);
    const starts = await Promise.allSettled(Array.from({ length: 8 }, () => LibraryLock.take(library)));
    const taken = starts.filter((start) => start.status === 'fulfilled');
    expect(taken).toHaveLength(1);
    await taken[0]?.value.release();
  });

  it('is not kept by a start that fails', async () => {
    const before = await open();
    await before.close();
    const whole = join(library, 'library.sqlite');
    await writeFile(whole, 'this is no database'.repeat(1000));
    await expect(open()).rejects.toMatchObject({ code: 'library-damaged' });
    await rm(whole);
    await rm(join(library, 'index.sqlite'));
    await (await open()).close();
  });
});

describe('the end of the program', () => {
  it.each([
    ['SIGTERM', false],
    ['SIGINT', true],
  ] as const)('is orderly after %s in the middle of ffmpeg’s work', async (signal, reachesTheGroup) => {
    const clip = join(folder, 'long.mp4');
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=30:duration=60'];
    await ffmpeg(...picture, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', clip);
    const child = playhead('index', clip);
    await untilIndexing(child);
    const ended = once(child, 'exit');
    process.kill(reachesTheGroup ? -(child.pid as number) : (child.pid as number), signal);
    expect(await ended).toEqual([130, null]);
    const after = await connectLibrary({ folder: library });
    const [job] = await after.listJobs({ kinds: ['index'], limit: 1 });
    const { items } = await after.listMedia({ sort: 'added', offset: 0, limit: 1 });
    await after.close();
    expect({ kind: job?.kind, job: job?.state, file: items[0]?.state }).toEqual({
      kind: 'index',
      job: 'queued',
      file: 'queued',
    });
  });
});

/** Resolves when the index job of the one file is running, which begins with ffmpeg's look for scenes. */
async function untilIndexing(child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error('it ended by itself');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const looking = await connectLibrary({ folder: library }).catch(() => null);
    const running = await looking?.listJobs({ states: ['running'], limit: 5 });
    await looking?.close();
    if (running?.some(({ kind, progress }) => kind === 'index' && progress > 0)) return;
  }
}

describe('a library folder that is deleted while it is open', () => {
  it('is noticed, said, and nothing is acknowledged after that', async () => {
    const engine = await open();
    onTestFinished(() => engine.close());
    await rm(library, { recursive: true });
    await expect(engine.api.addToLibrary({ paths: [folder] })).rejects.toMatchObject({ code: 'library-missing' });
    await expect(engine.api.listMedia({})).rejects.toMatchObject({ code: 'library-missing' });
    expect((await engine.api.status({})).trouble).toMatchObject({ message: expect.stringContaining(library) });
  });

  it('is noticed within seconds when nothing is asked', async () => {
    const engine = await open();
    onTestFinished(() => engine.close());
    const told = new Promise<void>((resolve) =>
      engine.onEvent((event) => void (event.type === 'statusChanged' && resolve())),
    );
    await rm(library, { recursive: true });
    await told;
    expect(engine.trouble?.code).toBe('library-missing');
  });
});
