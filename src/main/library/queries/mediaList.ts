/** The list of files, in an order and within what the person chose. */
import type { MediaItem, MediaSort, Within } from '../../../contract/index.ts';
import type { ReadableDatabase } from '../driver.ts';
import { foldText } from '../search/words.ts';
import { prepared } from '../statements.ts';
import { foldTag } from './marks.ts';
import { readMediaItems } from './media.ts';
import { pathsIn } from './roots.ts';

export interface MediaListQuery {
  /** Words that must all stand in the file name or the person's title, in any order and spelling of accents and case. */
  text?: string;
  sort: MediaSort;
  within?: Within | undefined;
  offset: number;
  limit: number;
}

/** Reads. One page of the files, and how many there are in all. */
export function listMedia(db: ReadableDatabase, query: MediaListQuery): { items: MediaItem[]; total: number } {
  const ids = orderedIds(db, query).filter(nameFilter(query.text ?? ''));
  const page = ids.slice(query.offset, query.offset + query.limit).map(({ id }) => id);
  return { items: readMediaItems(db, page), total: ids.length };
}

interface NamedId {
  id: string;
  /** The person's title, else the file's name. */
  name: string;
  file_name: string;
}

const newestFirst = 'added_at DESC, media.rowid DESC';
const orders: Record<MediaSort, string> = {
  added: newestFirst,
  name: newestFirst, // by the language's own order, below
  duration: 'duration_sec DESC, media.rowid',
  opened: `marks.opened_at DESC, ${newestFirst}`,
  rating: `marks.rating DESC, ${newestFirst}`,
};

function orderedIds(db: ReadableDatabase, { sort, within = {} }: MediaListQuery): NamedId[] {
  const place = within.rootId === undefined ? everywhere : placeOf(db, within.rootId);
  const rows = prepared<NamedId>(
    db,
    `SELECT media.id, media.file_name, coalesce(marks.title, media.file_name) AS name
     FROM media LEFT JOIN marks ON marks.media_id = media.id
     WHERE removed_at IS NULL
       AND (@tag IS NULL OR media.id IN (SELECT media_id FROM tags WHERE folded = @tag))
       AND (@collection IS NULL OR media.id IN (SELECT media_id FROM collection_files WHERE collection_id = @collection))
       AND (@isFavourite IS NULL OR marks.is_favourite = 1)
       AND (@from IS NULL OR (media.path > @from AND media.path < @to))
     ORDER BY ${orders[sort]}`,
  ).all({
    ...place,
    tag: within.tag === undefined ? null : foldTag(within.tag),
    collection: within.collectionId ?? null,
    isFavourite: within.isFavourite ? 1 : null,
  });
  if (sort !== 'name') return rows;
  const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return rows.sort((a, b) => compare(a.name, b.name));
}

const everywhere = { from: null, to: null };
/** Of a folder that is not kept any more. */
const nowhere = { from: '', to: '' };

function placeOf(db: ReadableDatabase, rootId: string): { from: string | null; to: string | null } {
  const root = prepared<{ path: string }>(db, 'SELECT path FROM roots WHERE id = ?').get(rootId);
  return root === undefined ? nowhere : pathsIn(root.path);
}

function nameFilter(text: string): (row: NamedId) => boolean {
  const words = foldText(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return (row) => {
    const name = foldText(row.name === row.file_name ? row.name : `${row.name} ${row.file_name}`);
    return words.every((word) => name.includes(word));
  };
}
