/** The one place where the state of a file is written, and which moves there are. */
import { type ErrorInfo, type MediaState, PlayheadError } from '../../../contract/index.ts';
import type { StateChange } from '../../ports/libraryApi.ts';
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { notFound } from '../libraryErrors.ts';
import { inTransaction, prepared } from '../statements.ts';

/**
 * From which state a file may come into which; staying is no move. Left out here is what happens to the library rather
 * than to a file: `startOver`, `hideFile`, `queueUnindexed`, `queueDamaged`, `queueInterruptedFiles`,
 * `giveUpFile`.
 */
export const legalMoves: Readonly<Record<MediaState, readonly MediaState[]>> = {
  // `ready` without a job: a sample clip, whose index is shipped.
  registered: ['queued', 'indexing', 'ready', 'failed'],
  // Cancelled before its turn, it is what it was: `ready` with an index, else `registered`.
  queued: ['indexing', 'ready', 'registered', 'failed'],
  // `queued` after a pause, `registered` after a cancel.
  indexing: ['ready', 'queued', 'registered', 'failed'],
  ready: ['queued', 'indexing', 'offline', 'failed'],
  failed: ['queued', 'indexing'],
  offline: ['ready', 'failed'],
};

/**
 * Writes. `offline` is remembered beside the state; any other state says that the file is there.
 * An error that is left out is cleared; notices that are left out stay.
 * @throws PlayheadError `not-found`; `internal` for a move that is not legal, which is a defect of the caller
 */
export function setMediaState(db: WritableDatabase, mediaId: string, to: MediaState, change: StateChange = {}): void {
  const { error, notices } = change;
  inTransaction(db, () => {
    requireLegal(mediaId, stateOf(db, mediaId), to);
    if (to === 'offline') prepared(db, 'UPDATE media SET offline = 1 WHERE id = ?').run(mediaId);
    else prepared(db, 'UPDATE media SET state = ?, offline = 0 WHERE id = ?').run(to, mediaId);
    prepared(db, 'UPDATE media SET error = ? WHERE id = ?').run(error ? JSON.stringify(error) : null, mediaId);
    if (notices === undefined) return;
    prepared(db, 'UPDATE media SET notices = ? WHERE id = ?').run(JSON.stringify(notices), mediaId);
  });
}

/** Writes. Whether files are in their places, beside the state that each has. Gives those that changed. */
export function setOffline(db: WritableDatabase, mediaIds: readonly string[], isOffline: boolean): string[] {
  const set = prepared(db, 'UPDATE media SET offline = ? WHERE id = ? AND offline <> ? AND removed_at IS NULL');
  const value = isOffline ? 1 : 0;
  return inTransaction(db, () => mediaIds.filter((id) => set.run(value, id, value).changes > 0));
}

/** Writes. The file is another than it was, or new again: nothing that was known of it holds. */
export function startOver(db: WritableDatabase, mediaId: string): void {
  prepared(db, "UPDATE media SET state = 'registered', error = NULL, notices = '[]' WHERE id = ?").run(mediaId);
}

/** Writes. Takes a file that somebody talked about out of the library; its row stays for its conversations. */
export function hideFile(db: WritableDatabase, mediaId: string): void {
  const now = new Date().toISOString();
  prepared(db, "UPDATE media SET removed_at = ?, state = 'registered' WHERE id = ?").run(now, mediaId);
}

/** Writes. The index was lost: what was in it waits to be indexed again. Gives true when there is such a file. */
export function queueUnindexed(db: WritableDatabase): boolean {
  const queued = prepared(
    db,
    `UPDATE media SET state = 'queued' WHERE removed_at IS NULL AND state IN ('ready', 'indexing')
       AND id NOT IN (SELECT media_id FROM indexdb.segments WHERE ordinal >= 0)`,
  ).run();
  return queued.changes > 0;
}

/** Writes. The index of one file was damaged and is taken out: it waits to be indexed again. */
export function queueDamaged(db: WritableDatabase, mediaId: string): void {
  prepared(db, "UPDATE media SET state = 'queued' WHERE id = ? AND state = 'ready' AND removed_at IS NULL").run(
    mediaId,
  );
}

/** Writes. After a kill: nobody is indexing these files, so they wait, as their jobs do. */
export function queueInterruptedFiles(db: WritableDatabase): void {
  prepared(db, "UPDATE media SET state = 'queued' WHERE state = 'indexing'").run();
}

/** Writes. After a kill: its job is given up. A file that is not in the library any more is left alone. */
export function giveUpFile(db: WritableDatabase, mediaId: string, error: ErrorInfo): void {
  prepared(db, "UPDATE media SET state = 'failed', error = ? WHERE id = ? AND removed_at IS NULL").run(
    JSON.stringify(error),
    mediaId,
  );
}

function stateOf(db: ReadableDatabase, mediaId: string): MediaState {
  const row = prepared<{ state: MediaState; offline: number }>(
    db,
    'SELECT state, offline FROM media WHERE id = ? AND removed_at IS NULL',
  ).get(mediaId);
  if (row === undefined) throw notFound('file', mediaId);
  return row.offline === 1 ? 'offline' : row.state;
}

function requireLegal(mediaId: string, from: MediaState, to: MediaState): void {
  if (from === to || legalMoves[from].includes(to)) return;
  throw new PlayheadError({
    code: 'internal',
    message: `A file that is ${from} cannot become ${to}: ${mediaId}.`,
    hint: 'This is a defect of Playhead: please report it.',
  });
}
