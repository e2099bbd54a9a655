/** A whole library as plain files: every row as a line of JSON, and the pictures. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { PlayheadError } from '../../../contract/index.ts';
import { libraryMigrations } from '../migrations/all.ts';
import type { ReadableDatabase, WritableDatabase } from '../openLibrary.ts';
import { getVectors } from '../queries/vectors.ts';
import { writeLines } from './jsonLines.ts';
import { type ExportedSegment, FORMAT, type Manifest, plainFiles } from './plainFiles.ts';

/** Rows that name this machine's index, and nobody's words. */
const GENERATION = 'index.generation';

/**
 * Everything as it is at one moment; also while another Playhead works on it.
 * @param thumbnails the folder of the library's pictures
 * @returns how many lines each file has
 * @throws PlayheadError `invalid-input` when there is anything in the folder
 */
export function exportLibrary(db: WritableDatabase, thumbnails: string, folder: string): Record<string, number> {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw notEmpty(folder);
  const files = plainFiles(folder);
  for (const each of [files.tables, files.pictures]) mkdirSync(each, { recursive: true });
  const lines = db.transaction(() => {
    const tables = tablesOf(db).map((table) => [table, writeLines(files.table(table), rowsOf(db, table))] as const);
    const tags = writeLines(
      files.tags,
      db.prepare('SELECT media_id, name, text FROM file_tags ORDER BY row').iterate(),
    );
    const segments = writeLines(files.segments, exportSegments(db, thumbnails, files.pictures));
    return { ...Object.fromEntries(tables), file_tags: tags, segments };
  })();
  const manifest: Manifest = { format: FORMAT, version: libraryMigrations.length, lines };
  writeFileSync(files.manifest, `${JSON.stringify(manifest, null, 2)}\n`);
  return lines;
}

function tablesOf(db: ReadableDatabase): string[] {
  const rows = db
    .prepare(
      "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'changes' ORDER BY name",
    )
    .all() as { name: string }[];
  return rows.map(({ name }) => name);
}

function* rowsOf(db: WritableDatabase, table: string): Generator<unknown> {
  const rows = db.prepare(`SELECT * FROM main."${table}"`).iterate() as IterableIterator<Record<string, unknown>>;
  for (const row of rows) if (!(table === 'settings' && row.key === GENERATION)) yield row;
}

interface SegmentRow {
  row: number;
  id: string;
  media_id: string;
  start_sec: number;
  end_sec: number;
  thumbnail_path: string | null;
}

function* exportSegments(db: WritableDatabase, thumbnails: string, pictures: string): Generator<ExportedSegment> {
  const files = db.prepare('SELECT DISTINCT media_id AS id FROM segments WHERE ordinal >= 0 ORDER BY media_id').all();
  const segmentsOf = db.prepare('SELECT * FROM segments WHERE media_id = ? AND ordinal >= 0 ORDER BY ordinal');
  const knowledgeOf = db.prepare(
    `SELECT kind, text, start_sec AS startSec, end_sec AS endSec, source, source_version AS sourceVersion, confidence
     FROM knowledge WHERE segment_row = ? ORDER BY row`,
  );
  for (const { id } of files as { id: string }[]) {
    const vectors = getVectors(db, id);
    for (const row of segmentsOf.all(id) as SegmentRow[]) {
      yield {
        ...{ mediaId: id, startSec: row.start_sec, endSec: row.end_sec },
        thumbnail: copyPicture(row.thumbnail_path, thumbnails, pictures),
        knowledge: knowledgeOf.all(row.row) as ExportedSegment['knowledge'],
        vectors: vectors
          .filter(({ segmentId }) => segmentId === row.id)
          .map(({ space, vector }) => ({ space, vector })),
      };
    }
  }
}

/** Its path in the folder of pictures; null where there is none. */
function copyPicture(picture: string | null, thumbnails: string, pictures: string): string | null {
  if (picture === null || !existsSync(picture)) return null;
  const name = relative(thumbnails, picture).replaceAll('\\', '/');
  if (name.startsWith('..')) return null;
  mkdirSync(dirname(join(pictures, name)), { recursive: true });
  copyFileSync(picture, join(pictures, name));
  return name;
}

function notEmpty(folder: string): PlayheadError {
  return new PlayheadError({
    code: 'invalid-input',
    message: 'A library is exported into a folder of its own, and there is something in this one.',
    file: folder,
    hint: 'Name a new folder.',
  });
}
