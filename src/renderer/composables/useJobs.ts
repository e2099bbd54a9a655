/** The work of the engine: one map, patched by events, a few times a second however many come. */
import { computed, ref, shallowRef } from 'vue';
import type { CallInput } from '../../contract/calls.ts';
import type { PlayheadClient } from '../../contract/client.ts';
import { type Job, readingKinds, type WorkSummary } from '../../contract/jobs.ts';
import { collect } from '../logic/collect.ts';
import { groupJobs, jobsSummary, overallProgress } from '../logic/jobs.ts';

const SHOW_EVERY_MS = 100;
/** The latest jobs; how far all of them are is told by `work`. */
const MOST = 1000;

export function useJobs(client: PlayheadClient) {
  const jobs = shallowRef(new Map<string, Job>());
  const work = shallowRef<WorkSummary | null>(null);
  const isTrayOpen = ref(false);
  const groups = computed(() => groupJobs(jobs.value.values()));
  const progress = computed(() => overallProgress(groups.value, work.value));
  const summary = computed(() => jobsSummary(groups.value, work.value));
  const problemCount = computed(() => groups.value.problems.reduce((sum, { errors }) => sum + errors.length, 0));
  /** The indexing under way, by file. */
  const indexing = computed(() => {
    const open = [...groups.value.running, ...groups.value.waiting].filter(({ kind }) => readingKinds.includes(kind));
    return new Map(open.map((job) => [job.mediaId, job]));
  });

  /** A reply may overtake an event: the later state of a job is kept. */
  function take(...changed: Job[]): void {
    const next = new Map(jobs.value);
    for (const job of changed) if ((next.get(job.id)?.updatedAt ?? '') <= job.updatedAt) next.set(job.id, job);
    jobs.value = next;
  }

  function forget(jobIds: string[]): void {
    const gone = new Set(jobIds);
    jobs.value = new Map([...jobs.value].filter(([id]) => !gone.has(id)));
  }

  async function refresh(): Promise<void> {
    const [list, summed] = await Promise.all([client.call('listJobs', { limit: MOST }), client.call('work', {})]);
    jobs.value = new Map(list.map((job) => [job.id, job]));
    work.value = summed;
  }

  const changed = collect(SHOW_EVERY_MS, (list: Job[]) => take(...list));
  client.onEvent((event) => {
    if (event.type === 'job') changed(event.job);
    else if (event.type === 'jobsDismissed') forget(event.jobIds);
    else if (event.type === 'work') work.value = event.work;
  });
  client.onConnection((state) => {
    // Jobs on the screen stay when this fails; the connection's own state tells it.
    if (state === 'open') void refresh().catch(() => {});
  });

  return {
    groups,
    work,
    progress,
    summary,
    problemCount,
    indexing,
    isTrayOpen,
    pause: async (jobId: string) => take(await client.call('pauseJob', { jobId })),
    resume: async (jobId: string) => take(await client.call('resumeJob', { jobId })),
    cancel: async (jobId: string) => take(await client.call('cancelJob', { jobId })),
    retry: async (jobId: string) => take(await client.call('retryJob', { jobId })),
    /** Many at once; `dismiss` takes them off the list for good. */
    change: (input: CallInput<'changeJobs'>) => client.call('changeJobs', input),
    dismiss: (jobIds: string[]) => client.call('changeJobs', { change: 'dismiss', jobIds }),
  };
}
