/** What went wrong with files and models, each thing once, as long as it is wrong. */
import type { ErrorInfo } from '../../contract/errors.ts';
import { type Job, jobKinds } from '../../contract/jobs.ts';

export interface Problem {
  /** The latest job that met it. */
  job: Job;
  errors: ErrorInfo[];
  /** That job and the earlier ones that met the same: they are dismissed together. */
  jobIds: string[];
}

/** An answer or a description that failed says so in its conversation. */
export function canBeProblem(job: Job): boolean {
  return !jobKinds[job.kind].isAwaited;
}

/** The latest first. What has been done since, or is being tried again, is no problem any more. */
export function findProblems(jobs: Job[]): Problem[] {
  const problems = new Map<string, Problem>();
  const settled = new Set<string>();
  for (const job of [...jobs].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))) {
    if (!canBeProblem(job)) continue;
    const errors = errorsOf(job);
    const keys = keysOf(job);
    if (errors.length === 0) for (const key of keys) settled.add(key);
    else if (!keys.some((key) => settled.has(key))) keep(problems, keys, { job, errors, jobIds: [job.id] });
  }
  return [...new Set(problems.values())];
}

/**
 * What a job is known by: its file, and what it was told to read. A file that could not be read has no id before it
 * was mended, one that was renamed is read at another path.
 */
function keysOf({ kind, mediaId, paths, title }: Job): string[] {
  const told = paths.length > 0 ? [...paths].sort().join('\n') : mediaId === null ? title : null;
  return [mediaId, told].flatMap((name) => (name === null ? [] : [`${kind} ${name}`]));
}

function keep(problems: Map<string, Problem>, keys: string[], problem: Problem): void {
  const later = keys.flatMap((key) => problems.get(key) ?? [])[0];
  later?.jobIds.push(...problem.jobIds);
  for (const key of keys) problems.set(key, later ?? problem);
}

/** A scan names every path that it had to leave out; when all were, its own error is one of them. */
function errorsOf(job: Job): ErrorInfo[] {
  const rejected = job.result?.rejected ?? [];
  if (rejected.length > 0) return rejected;
  return job.state === 'failed' && job.error ? [job.error] : [];
}
