/**
 * Milliseconds of a search in libraries of different sizes, with vectors of 512 values.
 *
 *   node bench/librarySearch.ts [segments…]      (default: 10000 100000)
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLibrary } from '../src/main/library/createLibrary.ts';
import type { LibraryApi, NewKnowledge } from '../src/main/ports/libraryApi.ts';

const SEGMENTS_PER_FILE = 100;
const DIMENSIONS = 512;
const RUNS = 15;

const things = 'person car dog cat tv couch chair bottle cup clock bicycle bird laptop book'.split(' ');
const questions: [label: string, text: string, withVector: boolean][] = [
  ['a common word', 'person', false],
  ['a rare word', 'needle', false],
  ['three words', 'dog on the couch with a book', false],
  ['a typing error', 'aquilla', false],
  ['part of a glued word', 'strings', false],
  ['a file name', 'holiday 77', false],
  ['nonsense', 'xqzvvk', false],
  ['words and meaning', 'dog couch', true],
];

let seed = 1;
const sizes = process.argv.slice(2).map(Number);
for (const size of sizes.length > 0 ? sizes : [10_000, 100_000]) await measure(size);

async function measure(size: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'playhead-bench-'));
  try {
    const library = createLibrary({ folder });
    const filled = await timeOf(() => fill(library, size));
    await library.close();
    const megabytes = statSync(join(folder, 'index.sqlite')).size / 2 ** 20;
    console.log(`\n${size} segments: filled in ${(filled / 1000).toFixed(1)} s, index ${megabytes.toFixed(0)} MiB`);
    let opened = library;
    const opening = await timeOf(async () => {
      opened = createLibrary({ folder });
    });
    console.log(`  ${'opening'.padEnd(22)} ${opening.toFixed(1).padStart(8)} ms`);
    for (const question of questions) await ask(opened, ...question);
    await opened.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ask(library: LibraryApi, label: string, text: string, withVector: boolean): Promise<void> {
  const meaning = withVector ? { vector: randomVector(), space: 'bench', minCosine: 0.05 } : {};
  const times: number[] = [];
  let hits = 0;
  for (let run = 0; run < RUNS; run++) {
    const result = await library.search({ text, limit: 40, ...meaning });
    times.push(result.tookMs);
    hits = result.hits.length;
  }
  times.sort((a, b) => a - b);
  const [least, median] = [times[0] as number, times[RUNS >> 1] as number];
  console.log(
    `  ${label.padEnd(22)} ${least.toFixed(1).padStart(8)} ms at least, ${median.toFixed(1).padStart(8)} ms median, ${hits} hits`,
  );
}

async function fill(library: LibraryApi, size: number): Promise<void> {
  for (let file = 0; file * SEGMENTS_PER_FILE < size; file++) {
    const path = `/bench/holiday ${file}.mp4`;
    const { item } = await library.registerMedia({
      path,
      fileName: `holiday ${file}.mp4`,
      kind: 'video',
      durationSec: SEGMENTS_PER_FILE * 10,
      width: 1920,
      height: 1080,
      fps: 25,
      hasAudio: true,
      videoCodec: 'h264',
      sizeBytes: 1,
      modifiedMs: 0,
      fingerprint: path,
      contentHash: path,
      gone: [],
      isSample: false,
    });
    const planned = Array.from({ length: SEGMENTS_PER_FILE }, (_, index) => ({
      startSec: index * 10,
      endSec: index * 10 + 10,
      thumbnailPath: null,
    }));
    for (const segmentId of await library.replaceSegments(item.id, planned)) {
      await library.replaceKnowledge(segmentId, randomKnowledge());
      await library.setVector('bench', DIMENSIONS, { segmentId, vector: randomVector() });
    }
    await library.setMediaState(item.id, 'ready');
  }
}

function randomKnowledge(): NewKnowledge[] {
  const item = (kind: NewKnowledge['kind'], text: string) =>
    ({ kind, text, startSec: 0, endSec: 10, source: 'bench', confidence: 0.9 }) satisfies NewKnowledge;
  const words = Array.from({ length: 25 }, () => `word${Math.floor(20_000 * random() ** 3)}`).join(' ');
  const knowledge = [item('caption', words), item('thing', pick(things)), item('thing', pick(things))];
  if (random() < 0.001) knowledge.push(item('screenText', 'AQUILASTRINGS needle'));
  return knowledge;
}

function randomVector(): number[] {
  return Array.from({ length: DIMENSIONS }, () => random() - 0.5);
}

function pick(list: string[]): string {
  return list[Math.floor(random() * list.length)] as string;
}

/** Mulberry32: the same library every time. */
function random(): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
