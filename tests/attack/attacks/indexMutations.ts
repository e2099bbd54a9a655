/** The index's file with a few random bytes changed: it is built again by itself, and no call fails for it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createLibrary } from '../../../src/main/library/createLibrary.ts';
import { libraryFiles } from '../../../src/main/library/libraryFiles.ts';
import type { LibraryApi } from '../../../src/main/ports/libraryApi.ts';
import { probed } from '../../unit/library/probedFile.ts';
import type { Attack } from '../attack.ts';
import { putFreshCopy } from '../freshCopy.ts';
import { seededRandom } from '../random.ts';

const space = { name: 'test', dimensions: 16 };

export const indexMutations: Attack[] = [true, false].map((hasCopy) => ({
  name: `changed bytes in index.sqlite, ${hasCopy ? 'a fresh copy of library.sqlite beside it' : 'no copy'}`,
  never: 'a call fails, or a file is neither whole nor waiting to be indexed again',
  cases: 300,
  run: (seed) => mutate(seed, hasCopy, useLibrary),
  control: (seed) => mutate(seed, hasCopy, useWithoutChecks),
  controlCases: 300,
}));

interface Original {
  library: Buffer;
  index: Buffer;
  /** By file: what is known of it. */
  known: Map<string, string>;
}

let original: Promise<Original> | null = null;

async function mutate(
  seed: number,
  hasCopy: boolean,
  use: (folder: string, known: Original['known']) => Promise<string | null>,
): Promise<string | null> {
  original ??= makeOriginal();
  const { library, index, known } = await original;
  const random = seededRandom(seed);
  const changed = Buffer.from(index);
  random.bytes(1 + random.below(64)).copy(changed, random.below(index.length));
  const folder = await mkdtemp(join(tmpdir(), 'playhead-mutation-'));
  try {
    const files = libraryFiles(folder);
    await writeFile(files.library, library);
    await writeFile(files.index, changed);
    if (hasCopy) await putFreshCopy(folder, library);
    return await use(folder, known);
  } catch (thrown) {
    return String(thrown);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeOriginal(): Promise<Original> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-original-'));
  const api = createLibrary({ folder });
  for (let file = 0; file < 20; file++) await indexFile(api, file);
  const known = await readKnown(api);
  await api.close();
  const files = libraryFiles(folder);
  const [library, index] = await Promise.all([readFile(files.library), readFile(files.index)]);
  await rm(folder, { recursive: true });
  return { library, index, known };
}

/** As the index job does. */
async function indexFile(api: LibraryApi, file: number): Promise<void> {
  const { item } = await api.registerMedia(probed(`/v/film ${file}.mp4`));
  const segments = [0, 10, 20].map((startSec) => ({
    startSec,
    endSec: startSec + 10,
    thumbnailPath: `/t/${file}.jpg`,
  }));
  for (const segmentId of await api.replaceSegments(item.id, segments)) {
    const what = { kind: 'caption', source: 'test', startSec: 0, endSec: 10, confidence: 0.9 } as const;
    await api.replaceKnowledge(segmentId, [
      { ...what, text: `A person carries box number ${file} through the garden` },
      { ...what, kind: 'subtitle', text: `and says word for word what was said in film ${file}` },
    ]);
    const vector = Array.from({ length: space.dimensions }, (_, at) => Math.sin(at * (file + 1)) + 2);
    await api.setVector(space.name, space.dimensions, { segmentId, vector });
  }
  await api.setMediaState(item.id, 'ready');
}

async function readKnown(api: LibraryApi): Promise<Map<string, string>> {
  const { items } = await api.listMedia({ sort: 'name', offset: 0, limit: 100 });
  const entries = items.map(async ({ id, path }) => {
    // A file may lose its index at this moment, when a row of it is read that is not what was written.
    const { item, segments } = await api.getMedia(id);
    const vectors = await api.getVectors(id);
    const lines = segments.map(({ startSec, endSec, knowledge }) => [startSec, endSec, knowledge]);
    return [path, item.state === 'ready' ? JSON.stringify([lines, vectors.length]) : item.state] as const;
  });
  return new Map(await Promise.all(entries));
}

/** Everything that the program asks of an index, then everything that it writes into one. */
async function useLibrary(folder: string, known: Original['known']): Promise<string | null> {
  const api = createLibrary({ folder });
  try {
    const vector = Array.from({ length: space.dimensions }, () => 1);
    await api.search({ text: 'person garden box', limit: 20, vector, space: space.name, minCosine: 0 });
    await api.counts();
    const found = await readKnown(api);
    const wrong = [...known].filter(([path, lines]) => found.get(path) !== lines && found.get(path) !== 'queued');
    if (wrong.length > 0) return `${wrong[0]?.[0]} holds ${found.get(wrong[0]?.[0] as string)}`;
    for (let file = 0; file < 20; file++) await indexFile(api, file);
    const hits = await api.search({ text: 'person garden box', limit: 100 });
    return hits.hits.length >= 20 ? null : `${hits.hits.length} hits after it was indexed again`;
  } finally {
    await api.close();
  }
}

async function useWithoutChecks(folder: string, known: Original['known']): Promise<string | null> {
  const db = new Database(libraryFiles(folder).index);
  try {
    const texts = db.prepare<[], string>('SELECT text FROM knowledge').pluck().all();
    const lost = [...known].filter((_, file) => !texts.some((text) => text.endsWith(`film ${file}`)));
    return lost.length > 0 ? `${lost.length} files are not whole` : null;
  } finally {
    db.close();
  }
}
