/** What went wrong with files and models, each thing once, as long as it is wrong. */
import type { ErrorInfo } from '../../contract/errors.ts';
import type { Job } from '../../contract/types.ts';

export interface Problem {
  /** The latest job that met it. */
  job: Job;
  errors: ErrorInfo[];
  /** That job and the earlier ones that met the same: they are dismissed together. */
  jobIds: string[];
}

/** An answer or a description that failed says so in its conversation. */
export function canBeProblem(job: Job): boolean {
  return job.kind === 'index' || job.kind === 'scan' || job.kind === 'import';
}

/** The latest first. What has been done since, or is being tried again, is no problem any more. */
export function findProblems(jobs: Job[]): Problem[] {
  const problems = new Map<string, Problem>();
  const settled = new Set<string>();
  for (const job of [...jobs].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))) {
    if (!canBeProblem(job)) continue;
    const errors = errorsOf(job);
    const key = `${job.kind} ${job.mediaId ?? errors[0]?.file ?? job.title}`;
    if (errors.length === 0) settled.add(key);
    else if (!settled.has(key)) keep(problems, key, { job, errors, jobIds: [job.id] });
  }
  return [...problems.values()];
}

function keep(problems: Map<string, Problem>, key: string, problem: Problem): void {
  const later = problems.get(key);
  if (later) later.jobIds.push(...problem.jobIds);
  else problems.set(key, problem);
}

/** A scan names every path that it had to leave out; when all were, its own error is one of them. */
function errorsOf(job: Job): ErrorInfo[] {
  const rejected = job.result?.rejected ?? [];
  if (rejected.length > 0) return rejected;
  return job.state === 'failed' && job.error ? [job.error] : [];
}
