/** Adds a file to the library, or recognises one that is known: by its content first, then by its path. */
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import type { MediaItem } from '../../../../contract/index.ts';
import type { ProbedMedia } from '../../ports/libraryApi.ts';
import type { LibraryDatabase } from '../openLibrary.ts';
import { foldText } from '../search/words.ts';
import { inTransaction, prepared } from '../statements.ts';
import { rememberTags, renewFileWords } from './fileWords.ts';
import { forgetFile, readMediaItem } from './media.ts';
import { forgetIndex } from './segments.ts';

export type KnownAs = 'new' | 'same' | 'moved' | 'changed';

interface KnownRow {
  id: string;
  path: string;
  fingerprint: string;
  size_bytes: number;
  removed_at: string | null;
}

/**
 * Writes.
 * - `same`: this path with this content.
 * - `moved`: this content, and the file it was known as is gone (or has become another): id, index and
 *   conversations stay.
 * - `changed`: this path with other content: the index is dropped, id and conversations stay.
 * - `new`: anything else. A second copy of a file that is still in its place is an item of its own; a file
 *   that was removed from the library gets its old id and conversations back.
 */
export function registerProbed(db: LibraryDatabase, probed: ProbedMedia): { item: MediaItem; known: KnownAs } {
  return inTransaction(db, () => {
    const { id, known } = recognise(db, probed);
    const hasOtherTags = rememberTags(db, id, probed.tags ?? []);
    if (known === 'moved' || hasOtherTags) renewFileWords(db, id);
    return { item: readMediaItem(db, id), known };
  });
}

function recognise(db: LibraryDatabase, probed: ProbedMedia): { id: string; known: KnownAs } {
  const here = rowAtPath(db, probed.path);
  if (here?.fingerprint === probed.fingerprint) return update(db, here, probed, 'same');

  const sameContent = rowsWithContent(db, probed.fingerprint);
  const moved = sameContent.find((row) => row.removed_at === null && hasLeft(row, probed.path));
  if (moved !== undefined) {
    if (here !== undefined) displace(db, here);
    return update(db, moved, probed, 'moved');
  }
  if (here !== undefined) {
    forgetIndex(db, here.id);
    return update(db, here, probed, 'changed');
  }
  const removed = sameContent.find((row) => row.removed_at !== null);
  return removed === undefined ? insert(db, probed) : update(db, removed, probed, 'new');
}

function rowAtPath(db: LibraryDatabase, path: string): KnownRow | undefined {
  return prepared<KnownRow>(db, 'SELECT * FROM media WHERE path = ? AND removed_at IS NULL').get(path);
}

function rowsWithContent(db: LibraryDatabase, fingerprint: string): KnownRow[] {
  return prepared<KnownRow>(db, 'SELECT * FROM media WHERE fingerprint = ? ORDER BY added_at').all(fingerprint);
}

/**
 * True when the known file is no more at its path: nothing is there, or something of another size. On file
 * systems that do not tell "A.mp4" from "a.mp4", the old path still leads to the renamed file itself.
 */
function hasLeft(row: KnownRow, newPath: string): boolean {
  try {
    const before = statSync(row.path, { throwIfNoEntry: false });
    if (before === undefined || before.size !== row.size_bytes) return true;
    if (foldText(row.path) !== foldText(newPath)) return false;
    const now = statSync(newPath, { throwIfNoEntry: false });
    return now?.ino === before.ino && now.dev === before.dev;
  } catch {
    // A folder that may not be read says nothing about the file in it.
    return false;
  }
}

/** Its path now holds another known file: what was there exists no more. */
function displace(db: LibraryDatabase, row: KnownRow): void {
  forgetIndex(db, row.id);
  forgetFile(db, row.id);
}

function update(
  db: LibraryDatabase,
  row: KnownRow,
  probed: ProbedMedia,
  known: KnownAs,
): { id: string; known: KnownAs } {
  const startsOver = known === 'changed' || known === 'new';
  prepared(
    db,
    `UPDATE media SET path = @path, file_name = @fileName, kind = @kind, fingerprint = @fingerprint,
       duration_sec = @durationSec, width = @width, height = @height, fps = @fps, has_audio = @hasAudio,
       video_codec = @videoCodec, size_bytes = @sizeBytes, modified_ms = @modifiedMs, is_sample = @isSample,
       offline = 0, removed_at = NULL
     WHERE id = @id`,
  ).run({ id: row.id, ...columnsOf(probed) });
  if (startsOver) {
    prepared(db, "UPDATE media SET state = 'registered', error = NULL, notices = '[]' WHERE id = ?").run(row.id);
  }
  return { id: row.id, known };
}

function insert(db: LibraryDatabase, probed: ProbedMedia): { id: string; known: KnownAs } {
  const id = randomUUID();
  prepared(
    db,
    `INSERT INTO media (id, path, file_name, kind, fingerprint, duration_sec, width, height, fps, has_audio,
       video_codec, size_bytes, modified_ms, is_sample, added_at, state)
     VALUES (@id, @path, @fileName, @kind, @fingerprint, @durationSec, @width, @height, @fps, @hasAudio,
       @videoCodec, @sizeBytes, @modifiedMs, @isSample, @addedAt, 'registered')`,
  ).run({ id, addedAt: new Date().toISOString(), ...columnsOf(probed) });
  return { id, known: 'new' };
}

function columnsOf(probed: ProbedMedia) {
  return {
    path: probed.path,
    fileName: probed.fileName,
    kind: probed.kind,
    fingerprint: probed.fingerprint,
    durationSec: probed.durationSec,
    width: Math.round(probed.width),
    height: Math.round(probed.height),
    fps: probed.fps,
    hasAudio: probed.hasAudio ? 1 : 0,
    videoCodec: probed.videoCodec,
    sizeBytes: probed.sizeBytes,
    modifiedMs: probed.modifiedMs,
    isSample: probed.isSample ? 1 : 0,
  };
}
