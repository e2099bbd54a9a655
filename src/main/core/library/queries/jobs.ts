/** The durable queue of work. */
import type { JobKind, JobState } from '../../../../contract/index.ts';
import type { StoredJob } from '../../ports/libraryApi.ts';
import { notFound } from '../libraryErrors.ts';
import type { LibraryDatabase } from '../openLibrary.ts';
import { inTransaction, prepared } from '../statements.ts';
import { failBrokenAnswers } from './conversations.ts';

export type JobChange = Partial<Omit<StoredJob, 'id' | 'kind' | 'createdAt'>>;

interface JobRow extends Omit<StoredJob, 'error' | 'result' | 'payload'> {
  error: string | null;
  result: string | null;
  payload: string | null;
}

const SELECT_JOB = `
  SELECT id, kind, state, title, media_id AS mediaId, parent_id AS parentId, progress, stage, error,
    created_at AS createdAt, updated_at AS updatedAt, result, priority, payload, attempts
  FROM jobs`;

/** Writes. */
export function addJob(db: LibraryDatabase, job: StoredJob): void {
  prepared(
    db,
    `INSERT INTO jobs (id, kind, state, title, media_id, parent_id, progress, stage, error, created_at, updated_at,
       result, priority, payload, attempts)
     VALUES (@id, @kind, @state, @title, @mediaId, @parentId, @progress, @stage, @error, @createdAt, @updatedAt,
       @result, @priority, @payload, @attempts)`,
  ).run(toRow(job));
}

/** Writes. What the change leaves out stays; `updatedAt` becomes now. @throws PlayheadError `not-found`. */
export function changeJob(db: LibraryDatabase, jobId: string, change: JobChange): StoredJob {
  return inTransaction(db, () => {
    const known = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const next: StoredJob = { ...readJob(db, jobId), updatedAt: new Date().toISOString(), ...known };
    prepared(
      db,
      `UPDATE jobs SET state = @state, title = @title, media_id = @mediaId, parent_id = @parentId,
         progress = @progress, stage = @stage, error = @error, updated_at = @updatedAt, result = @result,
         priority = @priority, payload = @payload, attempts = @attempts
       WHERE id = @id`,
    ).run(toRow(next));
    return next;
  });
}

/** Reads. @throws PlayheadError `not-found`. */
export function readJob(db: LibraryDatabase, jobId: string): StoredJob {
  const row = prepared<JobRow>(db, `${SELECT_JOB} WHERE id = ?`).get(jobId);
  if (row === undefined) throw notFound('job', jobId);
  return toJob(row);
}

/** Reads. The latest first. */
export function listAllJobs(db: LibraryDatabase, query: { states?: JobState[]; limit: number }): StoredJob[] {
  const rows = prepared<JobRow>(
    db,
    `${SELECT_JOB} WHERE @states IS NULL OR state IN (SELECT value FROM json_each(@states))
     ORDER BY created_at DESC, rowid DESC LIMIT @limit`,
  ).all({ states: query.states === undefined ? null : JSON.stringify(query.states), limit: query.limit });
  return rows.map(toJob);
}

/** Reads. The queued job of these kinds with the highest priority, of these the oldest; null when there is none. */
export function readNextJob(db: LibraryDatabase, kinds: JobKind[]): StoredJob | null {
  const row = prepared<JobRow>(
    db,
    `${SELECT_JOB} WHERE state = 'queued' AND kind IN (SELECT value FROM json_each(?))
     ORDER BY priority DESC, created_at, rowid LIMIT 1`,
  ).get(JSON.stringify(kinds));
  return row === undefined ? null : toJob(row);
}

/** Writes. See `LibraryApi.recoverJobs`. Gives the jobs that were taken back. */
export function takeBackJobs(db: LibraryDatabase): StoredJob[] {
  return inTransaction(db, () => {
    failBrokenAnswers(db);
    const running = prepared<JobRow>(db, `${SELECT_JOB} WHERE state = 'running' ORDER BY created_at, rowid`).all();
    return running.map((row) => changeJob(db, row.id, afterKill(toJob(row))));
  });
}

function afterKill(job: StoredJob): JobChange {
  if (job.kind === 'index' || job.kind === 'scan') return { state: 'queued', stage: 'waiting' };
  return {
    state: 'failed',
    error: {
      code: 'cancelled',
      message: `Playhead was closed before this was finished: ${job.title}`,
      hint: 'Start it again.',
    },
  };
}

function toRow(job: StoredJob) {
  return {
    ...job,
    error: toJson(job.error),
    result: toJson(job.result),
    payload: toJson(job.payload),
  };
}

function toJob(row: JobRow): StoredJob {
  return {
    ...row,
    error: row.error === null ? null : JSON.parse(row.error),
    result: row.result === null ? null : JSON.parse(row.result),
    payload: row.payload === null ? null : JSON.parse(row.payload),
  };
}

function toJson(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
