/** An index that is lost is built again by itself, whenever and by whom the loss was noticed. */
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { createEngine, type Engine } from '../../../src/main/engine/createEngine.ts';
import { createLibrary } from '../../../src/main/library/createLibrary.ts';
import { forkHost } from '../../../src/main/shells/shared/forkHost.ts';
import { ffmpeg } from '../../support/media.ts';
import { knows } from '../library/libraryFixture.ts';

let folder: string;
let index: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-lost-index-'));
  index = join(folder, 'library', 'index.sqlite');
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

const start = (): Promise<Engine> =>
  createEngine({
    version: 'test',
    libraryFolder: join(folder, 'library'),
    resourcesFolder: join(import.meta.dirname, '..', '..', '..', 'resources'),
    spawnHost: forkHost,
  });

async function open(): Promise<Engine> {
  const engine = await start();
  onTestFinished(() => engine.close());
  return engine;
}

/** A library with one indexed clip, in whose place an earlier index knew a great many segments. */
async function withLongIndex(): Promise<void> {
  const clip = join(folder, 'clip.mp4');
  await ffmpeg('-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=10:duration=3', '-pix_fmt', 'yuv420p', clip);
  const engine = await start();
  await engine.api.addToLibrary({ paths: [clip] });
  await engine.whenIdle();
  await engine.close();
  const library = createLibrary({ folder: join(folder, 'library') });
  const { items } = await library.listMedia({ sort: 'added', offset: 0, limit: 1 });
  const many = Array.from({ length: 200 }, (_, at) => ({ startSec: at, endSec: at + 1, thumbnailPath: null }));
  for (const id of await library.replaceSegments(items[0]?.id as string, many)) {
    await library.replaceKnowledge(id, [knows('caption', 'a dog runs over the green meadow '.repeat(40))]);
  }
  await library.close();
}

/** Writes noise over the middle of the index, without changing its size. */
function damageIndex(): void {
  const { size } = statSync(index);
  const noise = Buffer.alloc(Math.floor(size * 0.7), 0xa7);
  const handle = openSync(index, 'r+');
  writeSync(handle, noise, 0, noise.length, Math.floor(size * 0.2));
  closeSync(handle);
}

async function expectIndexed(engine: Engine): Promise<void> {
  await engine.whenIdle();
  const { items } = await engine.api.listMedia({});
  expect(items.map(({ state, segmentCount }) => ({ state, segmentCount }))).toEqual([
    { state: 'ready', segmentCount: 1 },
  ]);
}

it('is built again when a look that runs no jobs was the first to notice', async () => {
  await withLongIndex();
  await rm(index);
  await createLibrary({ folder: join(folder, 'library') }).close(); // as `playhead search` does, or a start that is killed
  await expectIndexed(await open());
});

it('is built again at once when a search finds it damaged', async () => {
  await withLongIndex();
  const engine = await open();
  damageIndex();
  expect((await engine.api.search({ text: 'dog meadow' })).hits).toEqual([]);
  // The jobs are written behind the search.
  while ((await engine.api.listMedia({})).items[0]?.state === 'queued') {
    await engine.whenIdle();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await expectIndexed(engine);
});
