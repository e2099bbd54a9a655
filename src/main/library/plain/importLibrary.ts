/** An exported library becomes one again, in a new folder. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { PlayheadError } from '../../../contract/index.ts';
import { openFile } from '../driver.ts';
import { createLibraryFolder, libraryFiles } from '../libraryFiles.ts';
import { migrate } from '../migrate.ts';
import { libraryMigrations } from '../migrations/all.ts';
import { openLibrary, type WritableDatabase } from '../openLibrary.ts';
import { rememberTags } from '../queries/fileWords.ts';
import { setMediaState } from '../queries/mediaStates.ts';
import { replaceKnowledge, replaceSegments } from '../queries/segments.ts';
import { setVector } from '../queries/segmentVectors.ts';
import { readLines } from './jsonLines.ts';
import { type ExportedSegment, FORMAT, plainFiles } from './plainFiles.ts';

const manifestSchema = z.object({ format: z.int(), version: z.int().min(1), lines: z.record(z.string(), z.int()) });

/**
 * @param source an exported library
 * @param folder where there is no library yet
 * @param thumbnails the folder of its pictures
 * @returns how many lines were read of each file
 * @throws PlayheadError `invalid-input`, `library-newer`, `file-not-found`, `file-damaged`
 */
export async function importLibrary(
  source: string,
  folder: string,
  thumbnails: string,
): Promise<Record<string, number>> {
  const files = plainFiles(source);
  const { version, lines } = readManifest(files.manifest);
  const { library } = libraryFiles(folder);
  if (existsSync(library)) throw isTaken(folder);
  createLibraryFolder(folder);
  const arriving = `${library}.arriving`;
  rmSync(arriving, { force: true });
  await fillTables(arriving, version, lines, files.table);
  renameSync(arriving, library);
  const ready = new Set<string>();
  for await (const { id, state } of readLines(files.table('media'))) if (state === 'ready') ready.add(String(id));
  const { db } = openLibrary({ folder });
  try {
    await fillIndex(db, files, thumbnails);
    // With their index they are what they were; opened without it, they were put back into the queue.
    for (const id of ready) if (stateOf(db, id) === 'queued' && hasSegments(db, id)) setMediaState(db, id, 'ready');
  } finally {
    db.close();
  }
  return lines;
}

function readManifest(file: string): z.infer<typeof manifestSchema> {
  if (!existsSync(file)) {
    throw new PlayheadError({
      code: 'file-not-found',
      message: 'There is no exported library in this folder.',
      file: dirname(file),
      hint: 'Name a folder that `playhead library export` has written.',
    });
  }
  const parsed = manifestSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new PlayheadError({ code: 'file-damaged', message: 'This is no exported library.', file });
  const { format, version } = parsed.data;
  if (format > FORMAT || version > libraryMigrations.length) {
    throw new PlayheadError({
      code: 'library-newer',
      message: 'This library was exported by a newer Playhead.',
      file,
      hint: 'Update Playhead. Nothing was changed.',
    });
  }
  return parsed.data;
}

/** The tables as the program had them that wrote them; opening the library brings them to the newest form. */
async function fillTables(
  file: string,
  version: number,
  lines: Record<string, number>,
  fileOf: (table: string) => string,
): Promise<void> {
  const { db } = openFile(file, 1000);
  try {
    migrate(db, libraryMigrations.slice(0, version), file);
    db.pragma('foreign_keys = OFF');
    db.exec('BEGIN');
    for (const { name } of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as {
      name: string;
    }[]) {
      if (Object.hasOwn(lines, name)) await fillTable(db, name, fileOf(name));
    }
    const broken = db.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0) throw incomplete(dirname(fileOf('media')), broken);
    db.exec('COMMIT');
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

async function fillTable(db: WritableDatabase, table: string, file: string): Promise<void> {
  const columns = new Set((db.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => name));
  for await (const row of readLines(file)) {
    const names = Object.keys(row).filter((name) => columns.has(name));
    const places = names.map((name) => `@${name}`).join(', ');
    db.prepare(`INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${places})`).run(row);
  }
}

async function fillIndex(
  db: WritableDatabase,
  { segments, tags, pictures }: ReturnType<typeof plainFiles>,
  thumbnails: string,
): Promise<void> {
  const tagsOf = new Map<string, { name: string; text: string }[]>();
  for await (const { media_id, name, text } of readLines(tags)) {
    const known = tagsOf.get(String(media_id)) ?? [];
    tagsOf.set(String(media_id), [...known, { name: String(name), text: String(text) }]);
  }
  let file: ExportedSegment[] = [];
  const fill = () =>
    fillFile(db, file, tagsOf.get(file[0]?.mediaId ?? '') ?? [], (name) => place(name, pictures, thumbnails));
  for await (const line of readLines(segments)) {
    const segment = line as unknown as ExportedSegment;
    if (file[0] && file[0].mediaId !== segment.mediaId) {
      fill();
      file = [];
    }
    file.push(segment);
  }
  fill();
}

function fillFile(
  db: WritableDatabase,
  segments: readonly ExportedSegment[],
  tags: { name: string; text: string }[],
  pictureOf: (name: string) => string,
): void {
  const [first] = segments;
  if (first === undefined) return;
  db.transaction(() => {
    rememberTags(db, first.mediaId, tags);
    const placed = segments.map(({ startSec, endSec, thumbnail }) => {
      return { startSec, endSec, thumbnailPath: thumbnail === null ? null : pictureOf(thumbnail) };
    });
    const ids = replaceSegments(db, first.mediaId, placed);
    for (const [index, segmentId] of ids.entries()) {
      const { knowledge = [], vectors = [] } = segments[index] ?? {};
      replaceKnowledge(
        db,
        segmentId,
        knowledge.map(({ sourceVersion, ...piece }) => ({
          ...piece,
          ...(sourceVersion === null ? {} : { sourceVersion }),
        })),
      );
      for (const { space, vector } of vectors) setVector(db, space, vector.length, { segmentId, vector });
    }
  })();
}

function stateOf(db: WritableDatabase, mediaId: string): string | undefined {
  const row = db.prepare('SELECT state FROM media WHERE id = ? AND removed_at IS NULL').get(mediaId);
  return (row as { state: string } | undefined)?.state;
}

function hasSegments(db: WritableDatabase, mediaId: string): boolean {
  return db.prepare('SELECT 1 FROM segments WHERE media_id = ? AND ordinal >= 0 LIMIT 1').get(mediaId) !== undefined;
}

function place(name: string, pictures: string, thumbnails: string): string {
  const target = join(thumbnails, ...name.split('/').filter((part) => part !== '..'));
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(join(pictures, ...name.split('/').filter((part) => part !== '..')), target);
  return target;
}

function isTaken(folder: string): PlayheadError {
  return new PlayheadError({
    code: 'invalid-input',
    message: 'There is a library in this folder already, so nothing was imported.',
    file: folder,
    hint: 'Name a new folder with --library.',
  });
}

function incomplete(folder: string, broken: unknown[]): PlayheadError {
  return new PlayheadError(
    {
      code: 'file-damaged',
      message: 'This exported library is not whole, so nothing was imported.',
      file: folder,
      hint: 'Export it again.',
    },
    { cause: new Error(JSON.stringify(broken.slice(0, 5))) },
  );
}
