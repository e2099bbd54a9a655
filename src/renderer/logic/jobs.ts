/** The jobs as the tray shows them. */
import { type Job, type JobState, jobKinds, readingKinds, type WorkSummary } from '../../contract/jobs.ts';
import type { MediaItem } from '../../contract/media.ts';
import { countOf } from './format.ts';
import { canBeProblem, findProblems, type Problem } from './problems.ts';

export interface JobGroups {
  running: Job[];
  waiting: Job[];
  problems: Problem[];
  finished: Job[];
}

/** An answer that failed is told in its conversation: here it is only over. */
export function groupJobs(jobs: Iterable<Job>): JobGroups {
  const all = [...jobs];
  const problems = findProblems(all);
  const inTrouble = new Set(problems.flatMap((problem) => problem.jobIds));
  const inState = (...states: JobState[]) => all.filter((job) => states.includes(job.state));
  return {
    running: inState('running').sort(byAge),
    waiting: inState('queued', 'paused').sort(byAge),
    problems,
    finished: inState('done', 'failed', 'cancelled')
      .filter(
        (job) => !inTrouble.has(job.id) && !isSolved(job) && !(jobKinds[job.kind].isQuiet && job.state === 'done'),
      )
      .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt)),
  };
}

/** A failure that is no problem any more is not told as the end of its job either. */
function isSolved(job: Job): boolean {
  return job.state === 'failed' && canBeProblem(job);
}

/** One line for the button: "Indexing duet.mp4", "41 files left", "3 jobs", or nothing. */
export function jobsSummary(groups: JobGroups, work: WorkSummary | null): string {
  const [first] = groups.running;
  const open = groups.running.length + groups.waiting.length;
  if (work && work.filesLeft > 1) return `${work.filesLeft} files left${work.isPaused ? ', paused' : ''}`;
  if (!first) return groups.waiting.length > 0 ? `${groups.waiting.length} waiting` : '';
  return open === 1 ? `${jobKinds[first.kind].name} ${first.title}` : `${open} jobs`;
}

/** 0 to 1: files by their work, other jobs by their own progress; null when nothing is at work. */
export function overallProgress(groups: JobGroups, work: WorkSummary | null): number | null {
  if (work && work.progress !== null) return work.progress;
  const others = [...groups.running, ...groups.waiting].filter(({ kind }) => !readingKinds.includes(kind));
  return others.length === 0 ? null : others.reduce((sum, job) => sum + job.progress, 0) / others.length;
}

/** What can be done with a job in its state. */
export function jobControls(job: Job): { pause: boolean; resume: boolean; cancel: boolean; retry: boolean } {
  const open = job.state === 'queued' || job.state === 'running' || job.state === 'paused';
  const { isPausable, isAwaited } = jobKinds[job.kind];
  return {
    pause: isPausable && (job.state === 'running' || job.state === 'queued'),
    resume: job.state === 'paused',
    cancel: open,
    // A question is asked again where it was asked.
    retry: !isAwaited && (job.state === 'failed' || job.state === 'cancelled'),
  };
}

/** How a job ended: "Done", "No media file in it", "Cancelled". */
export function endInWords(job: Job): string {
  if (job.state !== 'done') return job.state === 'failed' ? 'Could not be finished' : 'Cancelled';
  const queued = job.result?.queued;
  if (queued === undefined) return 'Done';
  return queued === 0 ? 'No video, sound or picture is in it' : `${countOf(queued, 'file')} found`;
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
