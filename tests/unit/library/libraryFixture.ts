/** Small real libraries in temporary folders, gone after each test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Knowledge, KnowledgeKind } from '../../../src/contract/index.ts';
import { createLibrary } from '../../../src/main/library/createLibrary.ts';
import type { LibraryApi, StoredJob } from '../../../src/main/ports/libraryApi.ts';
import { probed } from './probedFile.ts';

export { probed };

/** A folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'playhead-library-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A library in this thread, closed when the test ends. */
export function openTestLibrary(folder = temporaryFolder()): LibraryApi {
  const library = createLibrary({ folder, busyTimeoutMs: 200 });
  onTestFinished(() => library.close());
  return library;
}

export function knows(kind: KnowledgeKind, text: string, startSec = 0): Knowledge {
  return { kind, text, startSec, endSec: startSec + 10, source: `test ${kind}`, confidence: 0.9 };
}

/** Registers a file and fills one segment of ten seconds for every list of knowledge. Gives its ids. */
export async function addIndexedFile(
  library: LibraryApi,
  path: string,
  segments: Knowledge[][],
): Promise<{ mediaId: string; segmentIds: string[] }> {
  const { item } = await library.registerMedia(probed(path));
  const segmentIds = await library.replaceSegments(
    item.id,
    segments.map((_, index) => ({ startSec: index * 10, endSec: index * 10 + 10, thumbnailPath: `/t/${index}.jpg` })),
  );
  for (const [index, id] of segmentIds.entries()) await library.replaceKnowledge(id, segments[index] as Knowledge[]);
  await library.setMediaState(item.id, 'ready');
  return { mediaId: item.id, segmentIds };
}

export function aJob(id: string, fields: Partial<StoredJob> = {}): StoredJob {
  return {
    id,
    kind: 'index',
    state: 'queued',
    title: id,
    mediaId: null,
    parentId: null,
    progress: 0,
    stage: 'waiting',
    error: null,
    createdAt: '2026-11-22T18:00:00.000Z',
    updatedAt: '2026-11-22T18:00:00.000Z',
    result: null,
    priority: 10,
    payload: { path: '/v/a.mp4' },
    attempts: 0,
    ...fields,
  };
}
