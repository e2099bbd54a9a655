/** The durable queue of work. */
import { type ErrorInfo, type JobKind, type JobState, readingKinds } from '../../../contract/index.ts';
import type { AfterKill, StoredJob } from '../../ports/libraryApi.ts';
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { notFound } from '../libraryErrors.ts';
import { inTransaction, prepared } from '../statements.ts';
import { failInterruptedAnswers } from './conversations.ts';
import { giveUpFile, queueInterruptedFiles } from './mediaStates.ts';
import { parseStored } from './storedJson.ts';

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
export function insertJob(db: WritableDatabase, job: StoredJob): void {
  prepared(
    db,
    `INSERT INTO jobs (id, kind, state, title, media_id, parent_id, progress, stage, error, created_at, updated_at,
       result, priority, payload, attempts, batch)
     VALUES (@id, @kind, @state, @title, @mediaId, @parentId, @progress, @stage, @error, @createdAt, @updatedAt,
       @result, @priority, @payload, @attempts, @batch)`,
  ).run({ ...toRow(job), batch: presentBatch(db) });
}

/** Writes. What the change leaves out stays; `updatedAt` becomes now. @throws PlayheadError `not-found`. */
export function updateJob(db: WritableDatabase, jobId: string, change: JobChange): StoredJob {
  return inTransaction(db, () => {
    const known = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const before = getJob(db, jobId);
    const next: StoredJob = { ...before, updatedAt: new Date().toISOString(), ...known };
    if (next.state === 'queued' && isEnded(before.state)) rejoinQueue(db, jobId);
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

export interface JobQuery {
  ids?: string[];
  mediaId?: string;
  kinds?: JobKind[];
  states: JobState[];
}

/** Writes. The same change to every job that the query finds, in one transaction. Gives them as they are now. */
export function updateJobs(db: WritableDatabase, query: JobQuery, change: JobChange): StoredJob[] {
  return inTransaction(db, () => findJobIds(db, query).map((id) => updateJob(db, id, change)));
}

/** Writes. Takes jobs that have ended off the list; their rows stay, since their batch counts them. Gives their ids. */
export function dismissJobs(db: WritableDatabase, query: Omit<JobQuery, 'states'>): string[] {
  return inTransaction(db, () => {
    const ids = findJobIds(db, { ...query, states: endedStates });
    for (const id of ids) prepared(db, 'UPDATE jobs SET dismissed = 1 WHERE id = ?').run(id);
    return ids;
  });
}

/** What is left out of the query, or empty, is not asked for. */
function findJobIds(db: ReadableDatabase, { ids, mediaId, kinds, states }: JobQuery): string[] {
  return prepared<{ id: string }>(
    db,
    `SELECT id FROM jobs
     WHERE state IN (SELECT value FROM json_each(@states)) AND dismissed = 0
       AND (@ids IS NULL OR id IN (SELECT value FROM json_each(@ids)))
       AND (@kinds IS NULL OR kind IN (SELECT value FROM json_each(@kinds)))
       AND (@mediaId IS NULL OR media_id = @mediaId)
     ORDER BY created_at, rowid`,
  )
    .all({ states: JSON.stringify(states), ids: toJson(ids), kinds: toJson(kinds), mediaId: mediaId ?? null })
    .map(({ id }) => id);
}

/** Reads. The number of the batch that a job joins now: that of the open jobs, or the next one when none is open. */
function presentBatch(db: ReadableDatabase): number {
  const row = prepared<{ batch: number }>(
    db,
    `SELECT coalesce(
       (SELECT max(batch) FROM (
         SELECT max(batch) AS batch FROM jobs WHERE state = 'queued' UNION ALL
         SELECT max(batch) FROM jobs WHERE state = 'running' UNION ALL
         SELECT max(batch) FROM jobs WHERE state = 'paused')),
       (SELECT coalesce(max(batch), 0) + 1 FROM jobs)) AS batch`,
  ).get();
  return row?.batch ?? 1;
}

/** A job that is tried again is on the list again, and work of the present batch. */
function rejoinQueue(db: WritableDatabase, jobId: string): void {
  prepared(db, 'UPDATE jobs SET dismissed = 0, batch = ? WHERE id = ?').run(presentBatch(db), jobId);
}

const endedStates: JobState[] = ['done', 'failed', 'cancelled'];

function isEnded(state: JobState): boolean {
  return endedStates.includes(state);
}

/** Reads. @throws PlayheadError `not-found`. */
export function getJob(db: ReadableDatabase, jobId: string): StoredJob {
  const row = prepared<JobRow>(db, `${SELECT_JOB} WHERE id = ?`).get(jobId);
  if (row === undefined) throw notFound('job', jobId);
  return toJob(row);
}

/** Reads. The latest first, without those that the person took off the list. */
export function listJobs(
  db: ReadableDatabase,
  { states, kinds, limit }: { states?: JobState[]; kinds?: JobKind[]; limit: number },
): StoredJob[] {
  const rows = prepared<JobRow>(
    db,
    `${SELECT_JOB} WHERE dismissed = 0 AND (@states IS NULL OR state IN (SELECT value FROM json_each(@states)))
       AND (@kinds IS NULL OR kind IN (SELECT value FROM json_each(@kinds)))
     ORDER BY created_at DESC, rowid DESC LIMIT @limit`,
  ).all({ states: toJson(states), kinds: toJson(kinds), limit });
  return rows.map(toJob);
}

/** Reads. The queued job of these kinds with the highest priority, of these the oldest; null when there is none. */
export function nextJob(db: ReadableDatabase, kinds: JobKind[]): StoredJob | null {
  const row = prepared<JobRow>(
    db,
    `${SELECT_JOB} WHERE state = 'queued' AND kind IN (SELECT value FROM json_each(?))
     ORDER BY priority DESC, created_at, rowid LIMIT 1`,
  ).get(JSON.stringify(kinds));
  return row === undefined ? null : toJob(row);
}

/** Writes. See `LibraryApi.recoverJobs`. Gives the jobs that changed. */
export function recoverJobs(db: WritableDatabase, afterKill: AfterKill): StoredJob[] {
  return inTransaction(db, () => {
    queueInterruptedFiles(db);
    failInterruptedAnswers(db);
    const left = prepared<JobRow>(
      db,
      `${SELECT_JOB} WHERE state = 'running'
         OR (state IN ('queued', 'paused') AND kind NOT IN (SELECT value FROM json_each(?)))
       ORDER BY created_at, rowid`,
    ).all(JSON.stringify(Object.keys(afterKill)));
    return left.map((row) => takeBack(db, toJob(row), afterKill[row.kind]));
  });
}

function takeBack(db: WritableDatabase, job: StoredJob, policy: AfterKill[string] | undefined): StoredJob {
  const error = policy === 'requeue' && job.attempts < MOST_KILLS ? null : whyNotAgain(job, policy);
  if (error === null) return updateJob(db, job.id, { state: 'queued', stage: 'waiting' });
  // Its file waits no longer: it would be taken for one that was forgotten, and begun again.
  if (readingKinds.includes(job.kind) && job.mediaId !== null) giveUpFile(db, job.mediaId, error);
  return updateJob(db, job.id, { state: 'failed', stage: 'failed', error });
}

/** So often may a job be running when the process ends, without having got on, before it is the job's own fault. */
const MOST_KILLS = 3;

function whyNotAgain({ title, stage }: StoredJob, policy: AfterKill[string] | undefined): ErrorInfo {
  const hint = 'Start it again.';
  if (policy === undefined)
    return { code: 'cancelled', message: `This version of Playhead does not know how to do this: ${title}`, hint };
  if (policy === 'fail')
    return { code: 'cancelled', message: `Playhead was closed before this was finished: ${title}`, hint };
  return {
    code: 'internal',
    message: `Playhead ended three times in a row while it worked on this, so it is left alone: ${title} (${stage}).`,
    hint: 'Try it again when nothing else needs much memory, or convert the file and add it anew.',
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
    error: parseStored(row.error),
    result: parseStored(row.result),
    payload: parseStored(row.payload),
  };
}

function toJson(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
