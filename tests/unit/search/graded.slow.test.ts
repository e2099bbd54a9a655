/** Searches over real files, indexed by the real engine, each graded by what it finds, where it opens and why. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../../src/main/engine/createEngine.ts';
import { connectLibrary } from '../../../src/main/library/connectLibrary.ts';
import { forkHost } from '../../../src/main/shells/shared/forkHost.ts';
import { makeGradedLibrary } from './gradedLibrary.ts';
import { gradedSearches } from './gradedSearches.ts';
import { type Graded, grade } from './gradeSearches.ts';

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

test('over all: the right files first, and of what is nowhere hardly anything is found', async () => {
  const unknown = await readFile(join(import.meta.dirname, '../../../tools/meaning/nonsense.txt'), 'utf8');
  const asked = [
    ...gradedSearches,
    ...unknown
      .split('\n')
      .slice(0, 40)
      .map((text) => ({ text, files: [] })),
  ];
  const nothing = asked.filter(({ files }) => files.length === 0);
  const whole = await gradeWith(asked, (text) => engine.api.search({ text }));
  const library = await connectLibrary({ folder: join(folder, 'library') });
  const words = await gradeWith(asked, (text) => library.search({ text, limit: 50 }));
  await library.close();
  console.log(
    `${asked.length} searches, ${nothing.length} of them for what is nowhere`,
    `\n              nDCG@10  false finds\n  all ways     ${inWords(whole)}\n  words alone  ${inWords(words)}`,
  );
  expect(nothing.length).toBeGreaterThanOrEqual(asked.length / 3);
  expect(whole.ndcg).toBeGreaterThanOrEqual(0.95);
  expect(whole.falseFinds).toBeLessThanOrEqual(0.05);
  expect(whole.ndcg).toBeGreaterThan(words.ndcg);
}, 120_000);

type Find = (text: string) => Promise<{ hits: { fileName: string }[] }>;

async function gradeWith(asked: readonly { text: string; files: string[] }[], find: Find) {
  const graded: Graded[] = [];
  for (const { text, files } of asked) {
    const { hits } = await find(text);
    graded.push({ wanted: files, found: [...new Set(hits.map(({ fileName }) => fileName))] });
  }
  return grade(graded);
}

function inWords({ ndcg, falseFinds }: ReturnType<typeof grade>): string {
  return `${ndcg.toFixed(3)}    ${(100 * falseFinds).toFixed(1)} %`;
}
