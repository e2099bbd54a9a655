/** What the person says of single files: title, rating, favourite, note, tags, and where they stopped playing. */
import type { MarkChange, Tag } from '../../../contract/index.ts';
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { notFound } from '../libraryErrors.ts';
import { foldText } from '../search/words.ts';
import { inTransaction, prepared } from '../statements.ts';
import { renewFileWords } from './fileWords.ts';

/** Writes. The same change to each of these files; those that are not in the library are passed over. Gives the others. */
export function markFiles(db: WritableDatabase, mediaIds: readonly string[], change: MarkChange): string[] {
  return inTransaction(db, () => {
    const known = mediaIds.filter((mediaId) => isInLibrary(db, mediaId));
    for (const mediaId of known) markFile(db, mediaId, change);
    return known;
  });
}

function markFile(db: WritableDatabase, mediaId: string, change: MarkChange): void {
  const { title, rating, isFavourite, note, addTags = [], removeTags = [] } = change;
  prepared(db, 'INSERT OR IGNORE INTO marks (media_id) VALUES (?)').run(mediaId);
  if (title !== undefined) prepared(db, 'UPDATE marks SET title = ? WHERE media_id = ?').run(title, mediaId);
  if (rating !== undefined) prepared(db, 'UPDATE marks SET rating = ? WHERE media_id = ?').run(rating, mediaId);
  if (note !== undefined) prepared(db, 'UPDATE marks SET note = ? WHERE media_id = ?').run(note, mediaId);
  if (isFavourite !== undefined)
    prepared(db, 'UPDATE marks SET is_favourite = ? WHERE media_id = ?').run(isFavourite ? 1 : 0, mediaId);
  const remove = prepared(db, 'DELETE FROM tags WHERE media_id = ? AND folded = ?');
  for (const name of removeTags) remove.run(mediaId, foldTag(name));
  const add = prepared(db, 'INSERT OR IGNORE INTO tags (media_id, folded, name) VALUES (?, ?, ?)');
  for (const name of addTags) add.run(mediaId, foldTag(name), spelling(db, name));
  // A file is found by what the person says of it.
  renewFileWords(db, mediaId);
}

/** Writes. `resumeSec` in seconds; left out, the place stays. Gives the time. @throws PlayheadError `not-found`. */
export function rememberOpened(db: WritableDatabase, mediaId: string, resumeSec?: number | null): string {
  return inTransaction(db, () => {
    if (!isInLibrary(db, mediaId)) throw notFound('file', mediaId);
    const now = new Date().toISOString();
    prepared(
      db,
      `INSERT INTO marks (media_id, opened_at, resume_sec) VALUES (@mediaId, @now, @resumeSec)
       ON CONFLICT (media_id) DO UPDATE SET opened_at = @now,
         resume_sec = CASE WHEN @isPlace THEN @resumeSec ELSE resume_sec END`,
    ).run({ mediaId, now, resumeSec: resumeSec ?? null, isPlace: resumeSec === undefined ? 0 : 1 });
    return now;
  });
}

/** Reads. Every tag with the number of its files, in the order of the alphabet. */
export function listTags(db: ReadableDatabase): Tag[] {
  const tags = prepared<Tag>(
    db,
    `SELECT min(tags.name) AS name, count(*) AS files FROM tags JOIN media ON media.id = tags.media_id
     WHERE media.removed_at IS NULL GROUP BY tags.folded`,
  ).all();
  return tags.sort((a, b) => a.name.localeCompare(b.name));
}

/** What makes two spellings one tag: "Été" is "ete". */
export function foldTag(name: string): string {
  return foldText(name.trim().replaceAll(/\s+/g, ' '));
}

/** A tag that is there keeps its spelling. */
function spelling(db: ReadableDatabase, name: string): string {
  const there = prepared<{ name: string }>(db, 'SELECT name FROM tags WHERE folded = ? LIMIT 1').get(foldTag(name));
  return there?.name ?? name.trim();
}

function isInLibrary(db: ReadableDatabase, mediaId: string): boolean {
  return prepared(db, 'SELECT 1 FROM media WHERE id = ? AND removed_at IS NULL').get(mediaId) !== undefined;
}
