/** The words by which a whole file is found: those of its name, its folders and its tags. */
import { randomUUID } from 'node:crypto';
import type { FileTag } from '../../ports/libraryApi.ts';
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { describeFile, type FileDescription } from '../search/describeFile.ts';
import { addToVocabulary } from '../search/vocabulary.ts';
import { inTransaction, prepared } from '../statements.ts';

/** The ordinal of the one place in an unread file to which a search by its name leads; it goes when the file gets its segments. */
export const PLACE_OF_NAME = -1;

/** Writes. Replaces the tags of a file. @returns true when they are other ones than before */
export function rememberTags(db: WritableDatabase, mediaId: string, tags: readonly FileTag[]): boolean {
  const before = JSON.stringify(tagsOf(db, mediaId));
  if (before === JSON.stringify(tags.map(({ name, text }) => ({ name, text })))) return false;
  prepared(db, 'DELETE FROM file_tags WHERE media_id = ?').run(mediaId);
  const insert = prepared(db, 'INSERT OR IGNORE INTO file_tags (media_id, name, text) VALUES (?, ?, ?)');
  for (const { name, text } of tags) insert.run(mediaId, name, text);
  return true;
}

/** Writes. Makes a file findable by its own words, in place of earlier ones. */
export function rememberFileWords(db: WritableDatabase, mediaId: string): void {
  forgetFileWords(db, mediaId);
  const terms = piecesOf(db, mediaId).flatMap(({ tokens }) => tokens.map(({ term }) => term));
  const { lastInsertRowid } = prepared(db, 'INSERT INTO names (media_id) VALUES (?)').run(mediaId);
  prepared(db, 'INSERT INTO name_words (rowid, name) VALUES (?, ?)').run(lastInsertRowid, terms.join(' '));
  addToVocabulary(db, terms);
}

/** Writes. A file of which nothing is read is found by its own words all the same. */
export function makeFindable(db: WritableDatabase, mediaId: string): void {
  const isThere = prepared(db, 'SELECT 1 FROM segments WHERE media_id = ? LIMIT 1').get(mediaId);
  if (isThere === undefined) {
    prepared(db, 'INSERT INTO segments (id, media_id, ordinal, start_sec, end_sec) VALUES (?, ?, ?, 0, 0)').run(
      ...[randomUUID(), mediaId, PLACE_OF_NAME],
    );
  }
  rememberFileWords(db, mediaId);
}

/** Writes. As `rememberFileWords`, for a file that is in the index already. */
export function renewFileWords(db: WritableDatabase, mediaId: string): void {
  if (prepared(db, 'SELECT 1 FROM names WHERE media_id = ?').get(mediaId) !== undefined) rememberFileWords(db, mediaId);
}

/** Writes. Of files whose words an older program left out, or that were in an index that was lost. */
export function rememberMissingFileWords(db: WritableDatabase): void {
  const missing = prepared<{ id: string }>(
    db,
    'SELECT id FROM media WHERE removed_at IS NULL AND id NOT IN (SELECT media_id FROM names)',
  ).all();
  if (missing.length > 0) inTransaction(db, () => missing.forEach(({ id }) => void makeFindable(db, id)));
}

/** Writes. */
export function forgetFileWords(db: WritableDatabase, mediaId: string): void {
  const old = prepared<{ row: number }>(db, 'SELECT row FROM names WHERE media_id = ?').get(mediaId);
  if (old === undefined) return;
  prepared(db, 'DELETE FROM name_words WHERE rowid = ?').run(old.row);
  prepared(db, 'DELETE FROM names WHERE row = ?').run(old.row);
}

/** Reads. What the file's name, folders and tags say, with their words. */
export function piecesOf(db: ReadableDatabase, mediaId: string): FileDescription[] {
  const file = prepared<{ path: string; is_sample: number }>(db, 'SELECT path, is_sample FROM media WHERE id = ?').get(
    mediaId,
  );
  if (file === undefined) return [];
  const tags = [...personsWords(db, mediaId), ...tagsOf(db, mediaId)];
  return describeFile({ path: file.path, isSample: file.is_sample === 1, tags });
}

/** What the person says of it: its title, tags and note. */
function personsWords(db: ReadableDatabase, mediaId: string): FileTag[] {
  return prepared<FileTag>(
    db,
    `SELECT 'title' AS name, title AS text FROM marks WHERE media_id = @mediaId AND title IS NOT NULL
     UNION ALL SELECT 'tag', name FROM tags WHERE media_id = @mediaId
     UNION ALL SELECT 'note', note FROM marks WHERE media_id = @mediaId AND note <> ''`,
  ).all({ mediaId });
}

function tagsOf(db: ReadableDatabase, mediaId: string): FileTag[] {
  return prepared<FileTag>(db, 'SELECT name, text FROM file_tags WHERE media_id = ? ORDER BY row').all(mediaId);
}
