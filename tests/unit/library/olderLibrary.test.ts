/** A library made by an earlier version opens with nothing lost: see `tests/fixtures/library/README.md`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { LibraryApi } from '../../../src/main/ports/libraryApi.ts';
import { openTestLibrary, temporaryFolder } from './libraryFixture.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/library');
const versions = readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** The library of that version, opened by this one. */
function openOlder(version: string): LibraryApi {
  const folder = temporaryFolder();
  for (const name of ['library.sqlite', 'index.sqlite']) {
    writeFileSync(join(folder, name), gunzipSync(readFileSync(join(fixtures, version, `${name}.gz`))));
  }
  return openTestLibrary(folder);
}

async function filesOf(library: LibraryApi) {
  const { items } = await library.listMedia({ sort: 'name', offset: 0, limit: 50 });
  return Object.fromEntries(items.map((item) => [item.fileName, item]));
}

describe.each(versions.map(({ name }) => name))('a library of %s', (version) => {
  test('has its files, each in its state, with notices and errors', async () => {
    const library = openOlder(version);
    const files = await filesOf(library);
    expect(Object.fromEntries(Object.entries(files).map(([name, { state }]) => [name, state]))).toEqual({
      'away.mp4': 'offline',
      'broken.mp4': 'failed',
      'halfway.mp4': 'indexing',
      'kitchen.mp4': 'ready',
      'street.mp4': 'ready',
      'waiting.mp4': 'queued',
    });
    expect(files['kitchen.mp4']?.notices).toEqual(['no subtitles in German']);
    expect(files['broken.mp4']?.error?.code).toBe('file-damaged');
    expect((await library.health()).indexRebuilt).toBe(false);
  });

  test('has its index: segments, every piece of knowledge with its source, vectors', async () => {
    const library = openOlder(version);
    const { id } = (await filesOf(library))['kitchen.mp4'] as { id: string };
    const { segments } = await library.getMedia(id);
    expect(segments.map(({ startSec, endSec }) => [startSec, endSec])).toEqual([
      [0, 10],
      [10, 20],
    ]);
    expect(segments[0]?.knowledge).toEqual([
      said('subtitle', 'Where is the sugar?', 2, 'kitchen.en.srt', null),
      said('screenText', 'BREAKFAST AT NINE', 0, 'PP-OCRv4', 0.93),
      said('thing', 'refrigerator', 0, 'CenterNet (COCO)', 0.81),
      {
        ...said('caption', 'A woman pours coffee into a blue cup.', 0, 'playhead-sample-av', null),
        sourceVersion: 'abc123',
      },
    ]);
    expect(await library.getVectors(id)).toMatchObject([{ space: 'tiny@1', vector: [1, 0, 0, 0] }]);
    expect(await library.counts()).toEqual({ media: 6, segments: 6 });
  });

  test.each([
    ['pours coffee', 'caption', 'kitchen.mp4'],
    ['breakfast', 'screenText', 'kitchen.mp4'],
    ['hauptstraße', 'screenText', 'street.mp4'],
    ['bicycle', 'thing', 'street.mp4'],
    ['flour', 'subtitle', 'kitchen.mp4'],
    ['holidays', 'folder', 'kitchen.mp4'],
    ['nina simone', 'tag', 'kitchen.mp4'],
    ['beach', 'caption', 'away.mp4'],
  ])('finds %j by its %s in %s', async (text, kind, fileName) => {
    const { hits } = await openOlder(version).search({ text, limit: 5 });
    expect(hits[0]?.fileName).toBe(fileName);
    expect(hits[0]?.reasons.map((reason) => reason.kind)).toContain(kind);
  });

  test('finds words of one question in two kinds of knowledge of one segment', async () => {
    const { hits } = await openOlder(version).search({ text: 'refrigerator coffee sugar', limit: 5 });
    expect(new Set(hits[0]?.reasons.map(({ kind }) => kind))).toEqual(new Set(['thing', 'caption', 'subtitle']));
  });

  test('finds by meaning', async () => {
    const { hits } = await openOlder(version).search({ text: '', limit: 5, vector: [0, 1, 0, 0], space: 'tiny@1' });
    expect(hits.map(({ fileName }) => fileName)).toEqual(['street.mp4']);
  });

  test('has its conversations, word for word, with what each answer rests on', async () => {
    const library = openOlder(version);
    const { id } = (await filesOf(library))['kitchen.mp4'] as { id: string };
    const [talk] = await library.listConversations(id);
    const { messages, title } = await library.getConversation(talk?.id ?? '');
    expect(title).toBe('What does she pour?');
    expect(messages.map(({ text, state }) => `${state}: ${text}`)).toEqual([
      'done: What does she pour?',
      'done: Coffee.',
      'done: And then?',
      'streaming: ',
      'done: Which cup?',
      'streaming: The bl',
    ]);
    expect(messages[1]?.provenance).toMatchObject({ model: 'sample', frames: 8, stopReason: 'eos' });
  });

  test('has its settings and its jobs, each with what it is to do and what it left behind', async () => {
    const library = openOlder(version);
    expect(await library.getSetting('model.folder')).toBe('/m/sample');
    const jobs = new Map((await library.listJobs({ limit: 50 })).map((job) => [job.id, job]));
    expect([...jobs.keys()].sort()).toEqual([
      'ask-queued',
      'ask-running',
      'caption-done',
      'import-cancelled',
      'index-failed',
      'index-queued',
      'index-running',
      'scan-done',
      'scan-paused',
    ]);
    expect(jobs.get('index-running')?.payload).toMatchObject({ checkpoint: { segmentsDone: 1 } });
    expect(jobs.get('scan-done')?.result).toMatchObject({ queued: 5, passedOver: [{ reason: 'hidden files' }] });
    expect(jobs.get('index-failed')?.error?.code).toBe('file-damaged');
  });
});

function said(kind: string, text: string, startSec: number, source: string, confidence: number | null) {
  return { kind, text, startSec, endSec: startSec + 10, source, confidence };
}
