/** The files of the library, as a UI sees them. */
import type { Marks, MediaItem, MediaState } from '../../../contract/index.ts';
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { notFound } from '../libraryErrors.ts';
import { inTransaction, prepared } from '../statements.ts';
import { hideFile } from './mediaStates.ts';
import { forgetIndex } from './segments.ts';
import { parseStored } from './storedJson.ts';

interface MediaRow {
  id: string;
  path: string;
  file_name: string;
  kind: MediaItem['kind'];
  duration_sec: number;
  width: number;
  height: number;
  fps: number;
  has_audio: number;
  video_codec: string | null;
  size_bytes: number;
  added_at: string;
  state: MediaState;
  offline: number;
  is_sample: number;
  error: string | null;
  notices: string;
  segment_count: number;
  thumbnail_segment: string | null;
  title: string | null;
  rating: number | null;
  is_favourite: number | null;
  note: string | null;
  resume_sec: number | null;
  opened_at: string | null;
  /** JSON. */
  tags: string;
}

const SELECT_MEDIA = `
  SELECT media.*,
    (SELECT count(*) FROM segments WHERE media_id = media.id AND ordinal >= 0) AS segment_count,
    (SELECT segments.id FROM segments WHERE media_id = media.id AND thumbnail_path IS NOT NULL
      ORDER BY ordinal LIMIT 1) AS thumbnail_segment,
    marks.title, marks.rating, marks.is_favourite, marks.note, marks.resume_sec, marks.opened_at,
    (SELECT json_group_array(name) FROM tags WHERE media_id = media.id) AS tags
  FROM media LEFT JOIN marks ON marks.media_id = media.id`;

/** Reads. @throws PlayheadError `not-found`. */
export function readMediaItem(db: ReadableDatabase, mediaId: string): MediaItem {
  const row = prepared<MediaRow>(db, `${SELECT_MEDIA} WHERE media.id = ? AND removed_at IS NULL`).get(mediaId);
  if (row === undefined) throw notFound('file', mediaId);
  return toMediaItem(row);
}

/** Reads. In the order of the ids. */
export function readMediaItems(db: ReadableDatabase, ids: readonly string[]): MediaItem[] {
  const rows = prepared<MediaRow>(
    db,
    `${SELECT_MEDIA} WHERE media.id IN (SELECT value FROM json_each(?)) AND removed_at IS NULL`,
  ).all(JSON.stringify(ids));
  const items = new Map(rows.map((row) => [row.id, toMediaItem(row)]));
  return ids.flatMap((id) => items.get(id) ?? []);
}

/**
 * Writes. The index goes; the row stays, hidden: it keeps what the person said of the file, and knows the file again, so
 * that only they bring it back. False when there is no such file.
 */
export function removeMedia(db: WritableDatabase, mediaId: string): boolean {
  return inTransaction(db, () => {
    const known = prepared(db, 'SELECT 1 FROM media WHERE id = ? AND removed_at IS NULL').get(mediaId);
    if (known === undefined) return false;
    forgetIndex(db, mediaId);
    hideFile(db, mediaId);
    prepared(db, 'UPDATE media SET unwanted = 1 WHERE id = ?').run(mediaId);
    return true;
  });
}

/** Writes. Deletes the row of a file that is no more, or hides it when the person said anything of it. */
export function forgetFile(db: WritableDatabase, mediaId: string): void {
  if (hasWords(db, mediaId)) hideFile(db, mediaId);
  else prepared(db, 'DELETE FROM media WHERE id = ?').run(mediaId);
}

function hasWords(db: ReadableDatabase, mediaId: string): boolean {
  return ['conversations', 'marks', 'tags', 'collection_files'].some(
    (table) => prepared(db, `SELECT 1 FROM ${table} WHERE media_id = ? LIMIT 1`).get(mediaId) !== undefined,
  );
}

/** Reads. The absolute path of a known file, or null. */
export function mediaFile(db: ReadableDatabase, mediaId: string): string | null {
  const row = prepared<{ path: string }>(db, 'SELECT path FROM media WHERE id = ? AND removed_at IS NULL').get(mediaId);
  return row?.path ?? null;
}

function toMediaItem(row: MediaRow): MediaItem {
  return {
    id: row.id,
    path: row.path,
    fileName: row.file_name,
    kind: row.kind,
    durationSec: row.duration_sec,
    width: row.width,
    height: row.height,
    fps: row.fps,
    hasAudio: row.has_audio === 1,
    videoCodec: row.video_codec,
    sizeBytes: row.size_bytes,
    addedAt: row.added_at,
    state: row.offline === 1 ? 'offline' : row.state,
    isSample: row.is_sample === 1,
    error: parseStored(row.error),
    notices: parseStored<string[]>(row.notices) ?? [],
    segmentCount: row.segment_count,
    thumbnail: row.thumbnail_segment === null ? null : `thumbnail/${row.thumbnail_segment}`,
    stream: `media/${row.id}`,
    marks: toMarks(row),
  };
}

function toMarks(row: MediaRow): Marks {
  return {
    title: row.title,
    rating: row.rating,
    isFavourite: row.is_favourite === 1,
    note: row.note ?? '',
    tags: (parseStored<string[]>(row.tags) ?? []).sort((a, b) => a.localeCompare(b)),
    resumeSec: row.resume_sec,
    openedAt: row.opened_at,
  };
}
