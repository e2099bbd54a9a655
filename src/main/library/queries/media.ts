/** The files of the library, as a UI sees them. */
import type { MediaItem, MediaState } from '../../../contract/index.ts';
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { notFound } from '../libraryErrors.ts';
import { foldText } from '../search/words.ts';
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
}

const SELECT_MEDIA = `
  SELECT media.*,
    (SELECT count(*) FROM segments WHERE media_id = media.id) AS segment_count,
    (SELECT segments.id FROM segments WHERE media_id = media.id AND thumbnail_path IS NOT NULL
      ORDER BY ordinal LIMIT 1) AS thumbnail_segment
  FROM media`;

/** Reads. @throws PlayheadError `not-found`. */
export function readMediaItem(db: ReadableDatabase, mediaId: string): MediaItem {
  const row = prepared<MediaRow>(db, `${SELECT_MEDIA} WHERE id = ? AND removed_at IS NULL`).get(mediaId);
  if (row === undefined) throw notFound('file', mediaId);
  return toMediaItem(row);
}

/** Reads. In the order of the ids. */
function readMediaItems(db: ReadableDatabase, ids: readonly string[]): MediaItem[] {
  const rows = prepared<MediaRow>(
    db,
    `${SELECT_MEDIA} WHERE id IN (SELECT value FROM json_each(?)) AND removed_at IS NULL`,
  ).all(JSON.stringify(ids));
  const items = new Map(rows.map((row) => [row.id, toMediaItem(row)]));
  return ids.flatMap((id) => items.get(id) ?? []);
}

export interface MediaListQuery {
  /** Words that must all stand in the file name, in any order and spelling of accents and case. */
  text?: string;
  /** `added` newest first, `name` with numbers in their natural order, `duration` longest first. */
  sort: 'added' | 'name' | 'duration';
  offset: number;
  limit: number;
}

/** Reads. One page of the files, and how many there are in all. */
export function listMedia(db: ReadableDatabase, query: MediaListQuery): { items: MediaItem[]; total: number } {
  const ids = orderedIds(db, query.sort).filter(nameFilter(query.text ?? ''));
  const page = ids.slice(query.offset, query.offset + query.limit);
  return {
    items: readMediaItems(
      db,
      page.map(({ id }) => id),
    ),
    total: ids.length,
  };
}

interface NamedId {
  id: string;
  file_name: string;
}

function orderedIds(db: ReadableDatabase, sort: MediaListQuery['sort']): NamedId[] {
  const order = sort === 'duration' ? 'duration_sec DESC, rowid' : 'added_at DESC, rowid DESC';
  const rows = prepared<NamedId>(
    db,
    `SELECT id, file_name FROM media WHERE removed_at IS NULL ORDER BY ${order}`,
  ).all();
  if (sort !== 'name') return rows;
  const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return rows.sort((a, b) => compare(a.file_name, b.file_name));
}

function nameFilter(text: string): (row: NamedId) => boolean {
  const words = foldText(text).split(/\s+/).filter(Boolean);
  return (row) => {
    const name = foldText(row.file_name);
    return words.every((word) => name.includes(word));
  };
}

/**
 * Writes. The index goes; a file that somebody talked about stays as a hidden row, and its conversations
 * come back when the same content is added again. False when there is no such file.
 */
export function removeMedia(db: WritableDatabase, mediaId: string): boolean {
  return inTransaction(db, () => {
    const known = prepared(db, 'SELECT 1 FROM media WHERE id = ? AND removed_at IS NULL').get(mediaId);
    if (known === undefined) return false;
    forgetIndex(db, mediaId);
    forgetFile(db, mediaId);
    return true;
  });
}

/** Writes. Deletes the row of a file, or hides it when it has conversations. */
export function forgetFile(db: WritableDatabase, mediaId: string): void {
  const talkedAbout = prepared(db, 'SELECT 1 FROM conversations WHERE media_id = ? LIMIT 1').get(mediaId);
  if (talkedAbout === undefined) prepared(db, 'DELETE FROM media WHERE id = ?').run(mediaId);
  else hideFile(db, mediaId);
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
  };
}
