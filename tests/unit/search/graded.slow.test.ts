/** Searches over real files, indexed by the real engine, each graded by what it finds, where it opens and why. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../../src/main/engine/createEngine.ts';
import { forkHost } from '../../../src/main/shells/shared/forkHost.ts';
import { makeGradedLibrary } from './gradedLibrary.ts';
import { gradedSearches } from './gradedSearches.ts';

let folder: string;
let engine: Engine;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-graded-'));
  await makeGradedLibrary(join(folder, 'Videos'));
  engine = await createEngine({
    version: 'test',
    libraryFolder: join(folder, 'library'),
    resourcesFolder: join(import.meta.dirname, '..', '..', '..', 'resources'),
    spawnHost: forkHost,
  });
  await engine.api.addToLibrary({ paths: [join(folder, 'Videos')] });
  await engine.whenIdle();
}, 600_000);

afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

test.each(gradedSearches)('“$text” finds $files', async ({ text, files, atSec, because, notice }) => {
  const { hits, notices } = await engine.api.search({ text });
  const found = [...new Set(hits.map((hit) => hit.fileName))];
  expect(found.sort(), JSON.stringify(hits, null, 1)).toEqual([...files].sort());
  const [first] = hits;
  if (because !== undefined) expect(first?.reasons[0]?.kind).toBe(because);
  if (typeof atSec === 'number') expect(first?.atSec).toBeCloseTo(atSec, 2);
  if (Array.isArray(atSec)) {
    expect(first?.atSec).toBeGreaterThanOrEqual(atSec[0]);
    expect(first?.atSec).toBeLessThanOrEqual(atSec[1]);
  }
  if (notice === undefined) expect(notices).toEqual([]);
  else expect(notices.join(' ')).toMatch(notice);
});
