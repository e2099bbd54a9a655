/** Adds a file to the library, or recognises one that is known: by its content first, then by its path. */
import { randomUUID } from 'node:crypto';
import type { MediaItem } from '../../../contract/index.ts';
import type { KnownAs, KnownFile, ProbedMedia } from '../../ports/libraryApi.ts';
import type { WritableDatabase } from '../driver.ts';
import { inTransaction, prepared } from '../statements.ts';
import { makeFindable, rememberTags, renewFileWords } from './fileWords.ts';
import { knownFileAt, knownFilesLike } from './knownFiles.ts';
import { forgetFile, readMediaItem } from './media.ts';
import { startOver } from './mediaStates.ts';
import { forgetIndex } from './segments.ts';

/**
 * Writes.
 * - `same`: this path with this content.
 * - `moved`: this content, and the file it was known as is gone (or has become another): id, index and
 *   conversations stay.
 * - `changed`: this path with other content: the index is dropped, id and conversations stay.
 * - `new`: anything else. A second copy of a file that is still in its place is an item of its own; a file
 *   that was removed from the library gets its old id and conversations back.
 */
export function registerMedia(
  db: WritableDatabase,
  probed: ProbedMedia,
): { item: MediaItem; known: KnownAs; copyOf: string | null } {
  return inTransaction(db, () => {
    const alike = knownFilesLike(db, probed.fingerprint).filter((file) => hasContent(file, probed));
    const { id, known } = recognise(db, probed, alike);
    const hasOtherTags = probed.tags !== undefined && rememberTags(db, id, probed.tags);
    if (known === 'new' || known === 'changed') makeFindable(db, id);
    else if (known === 'moved' || hasOtherTags) renewFileWords(db, id);
    const copy = alike.find((file) => file.id !== id && !file.isRemoved && !probed.gone.includes(file.path));
    return { item: readMediaItem(db, id), known, copyOf: copy?.path ?? null };
  });
}

function recognise(db: WritableDatabase, probed: ProbedMedia, alike: KnownFile[]): { id: string; known: KnownAs } {
  const at = knownFileAt(db, probed.path);
  // Of a file that is known by its name alone nothing is lost when it turns out to be one that is known by its content.
  const isUnread = at !== null && at.fingerprint === '';
  const here = isUnread ? null : at;
  if (here !== null && alike.some(({ id }) => id === here.id)) return update(db, here, probed, 'same');

  const moved = alike.find((file) => !file.isRemoved && probed.gone.includes(file.path));
  if (moved !== undefined) {
    if (at !== null) displace(db, at);
    return update(db, moved, probed, 'moved');
  }
  if (here !== null) {
    forgetIndex(db, here.id);
    return update(db, here, probed, 'changed');
  }
  const removed = alike.find((file) => file.isRemoved);
  if (removed !== undefined) {
    if (at !== null) displace(db, at);
    return update(db, removed, probed, 'new');
  }
  return at === null ? insert(db, probed) : update(db, at, probed, 'new');
}

/**
 * Two files that begin and end alike are the same when all of them is. Where one was never read whole, the time of
 * its last change decides: moving keeps it, another take has its own.
 */
function hasContent(known: KnownFile, probed: ProbedMedia): boolean {
  if (known.contentHash !== null && probed.contentHash !== null) return known.contentHash === probed.contentHash;
  return known.modifiedMs === probed.modifiedMs && known.sizeBytes === probed.sizeBytes;
}

/** Its path now holds another known file: what was there exists no more. */
function displace(db: WritableDatabase, row: KnownFile): void {
  forgetIndex(db, row.id);
  forgetFile(db, row.id);
}

function update(
  db: WritableDatabase,
  row: KnownFile,
  probed: ProbedMedia,
  known: KnownAs,
): { id: string; known: KnownAs } {
  const startsOver = known === 'changed' || known === 'new';
  const contentHash = probed.contentHash ?? (known === 'changed' ? null : row.contentHash);
  prepared(
    db,
    `UPDATE media SET path = @path, file_name = @fileName, kind = @kind, fingerprint = @fingerprint, content_hash = @contentHash,
       duration_sec = @durationSec, width = @width, height = @height, fps = @fps, has_audio = @hasAudio,
       video_codec = @videoCodec, size_bytes = @sizeBytes, modified_ms = @modifiedMs, is_sample = @isSample,
       offline = 0, removed_at = NULL, unwanted = 0
     WHERE id = @id`,
  ).run({ id: row.id, ...columnsOf(probed), contentHash });
  if (startsOver) startOver(db, row.id);
  return { id: row.id, known };
}

function insert(db: WritableDatabase, probed: ProbedMedia): { id: string; known: KnownAs } {
  const id = probed.id ?? randomUUID();
  prepared(
    db,
    `INSERT INTO media (id, path, file_name, kind, fingerprint, content_hash, duration_sec, width, height, fps, has_audio,
       video_codec, size_bytes, modified_ms, is_sample, added_at, state)
     VALUES (@id, @path, @fileName, @kind, @fingerprint, @contentHash, @durationSec, @width, @height, @fps, @hasAudio,
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
    contentHash: probed.contentHash,
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
