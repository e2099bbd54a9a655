/** A real engine over a temporary folder, closed and removed when the test ends. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Job, MediaItem } from '../../../src/contract/index.ts';
import { createEngine, type Engine, type EngineOptions } from '../../../src/main/engine/createEngine.ts';
import { standInHosts } from '../../support/standInHosts.ts';

export interface TestEngine {
  engine: Engine;
  /** For the media of the test; the library lies elsewhere. */
  folder: string;
  /** Every state of every job, as it was told. */
  events: Job[];
  /** The same library, opened again after it was closed. */
  reopen(): Promise<Pick<TestEngine, 'engine' | 'events'>>;
}

export async function openTestEngine(options: Pick<EngineOptions, 'watchRoots'> = {}): Promise<TestEngine> {
  const home = await mkdtemp(join(tmpdir(), 'playhead-files-'));
  const folder = await mkdtemp(join(home, 'media '));
  const open = async () => {
    const engine = await createEngine({
      version: 'test',
      libraryFolder: join(home, 'library'),
      resourcesFolder: join(import.meta.dirname, '../../../resources'),
      spawnHost: standInHosts(),
      ...options,
    });
    const events: Job[] = [];
    engine.onEvent((event) => {
      if (event.type === 'job') events.push(event.job);
    });
    onTestFinished(() => engine.close());
    return { engine, events };
  };
  // The last to be asked for is the first to be done.
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return { ...(await open()), folder, reopen: open };
}

/** Adds paths and waits until all is indexed. Gives the scan as it ended. */
export async function scanAll({ engine, events }: TestEngine, ...paths: string[]): Promise<Job> {
  const { jobId } = await engine.api.addToLibrary({ paths });
  await engine.whenIdle();
  return events.findLast((job) => job.id === jobId) as Job;
}

export async function itemsOf({ engine }: TestEngine): Promise<Record<string, MediaItem>> {
  const { items } = await engine.api.listMedia({});
  return Object.fromEntries(items.map((item) => [item.fileName, item]));
}
