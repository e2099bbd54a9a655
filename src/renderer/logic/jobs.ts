/** The jobs as the tray shows them. */
import type { ErrorInfo, Job, JobKind, MediaItem } from '../../contract/index.ts';

export const jobNames: Record<JobKind, string> = {
  scan: 'Looking through',
  index: 'Indexing',
  ask: 'Answering',
  caption: 'Describing',
  import: 'Importing model',
};

export interface JobGroups {
  running: Job[];
  waiting: Job[];
  failed: Job[];
  finished: Job[];
}

export function groupJobs(jobs: Iterable<Job>): JobGroups {
  const groups: JobGroups = { running: [], waiting: [], failed: [], finished: [] };
  for (const job of jobs) {
    if (job.state === 'running') groups.running.push(job);
    else if (job.state === 'queued' || job.state === 'paused') groups.waiting.push(job);
    else if (job.state === 'failed' || rejectedFiles(job).length > 0) groups.failed.push(job);
    else groups.finished.push(job);
  }
  groups.running.sort(byAge);
  groups.waiting.sort(byAge);
  groups.failed.sort((a, b) => byAge(b, a));
  groups.finished.sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  return groups;
}

/** Files that a scan left out, each with its reason. */
export function rejectedFiles(job: Job): ErrorInfo[] {
  return job.result?.rejected ?? [];
}

/** One line for the button: "Indexing duet.mp4", "3 at work", or nothing. */
export function jobsSummary(groups: JobGroups): string {
  const [first] = groups.running;
  const open = groups.running.length + groups.waiting.length;
  if (!first) return groups.waiting.length > 0 ? `${groups.waiting.length} waiting` : '';
  return open === 1 ? `${jobNames[first.kind]} ${first.title}` : `${open} jobs`;
}

/** Progress of everything that is not finished, 0 to 1; null when nothing is at work. */
export function overallProgress(groups: JobGroups): number | null {
  const open = [...groups.running, ...groups.waiting];
  if (open.length === 0) return null;
  return open.reduce((sum, job) => sum + job.progress, 0) / open.length;
}

/** What can be done with a job in its state. */
export function jobControls(job: Job): { pause: boolean; resume: boolean; cancel: boolean; retry: boolean } {
  const open = job.state === 'queued' || job.state === 'running' || job.state === 'paused';
  const pausable = job.kind === 'index' || job.kind === 'scan' || job.kind === 'import';
  return {
    pause: pausable && (job.state === 'running' || job.state === 'queued'),
    resume: job.state === 'paused',
    cancel: open,
    retry: job.state === 'failed' || job.state === 'cancelled',
  };
}

/** The badge on a card; null when the file is simply ready. */
export function stateBadge(item: MediaItem, job: Job | null): { text: string; tone: 'busy' | 'bad' | 'quiet' } | null {
  switch (item.state) {
    case 'queued':
      return { text: job?.state === 'paused' ? 'Paused' : 'Queued', tone: 'quiet' };
    case 'indexing':
      return { text: job ? `Indexing ${Math.round(job.progress * 100)} %` : 'Indexing', tone: 'busy' };
    case 'failed':
      return { text: 'Failed', tone: 'bad' };
    case 'offline':
      return { text: 'Offline', tone: 'quiet' };
    case 'registered':
      return { text: 'Not indexed', tone: 'quiet' };
    case 'ready':
      return null;
  }
}

function byAge(a: Job, b: Job): number {
  return a.createdAt.localeCompare(b.createdAt);
}
