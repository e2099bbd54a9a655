/** The work of the engine: one map, patched by events. */
import { computed, ref, shallowRef, triggerRef } from 'vue';
import type { PlayheadClient } from '../../contract/rpc.ts';
import type { Job } from '../../contract/types.ts';
import { groupJobs, jobsSummary, overallProgress } from '../logic/jobs.ts';

export function useJobs(client: PlayheadClient) {
  const jobs = shallowRef(new Map<string, Job>());
  const isTrayOpen = ref(false);
  const dismissed = shallowRef(new Set<string>());
  const groups = computed(() => groupJobs([...jobs.value.values()].filter((job) => !dismissed.value.has(job.id))));
  const progress = computed(() => overallProgress(groups.value));
  const summary = computed(() => jobsSummary(groups.value));
  const problemCount = computed(() => groups.value.failed.length);
  /** The indexing under way, by file. */
  const indexing = computed(() => {
    const open = [...groups.value.running, ...groups.value.waiting].filter((job) => job.kind === 'index');
    return new Map(open.map((job) => [job.mediaId, job]));
  });

  function take(job: Job): Job {
    jobs.value.set(job.id, job);
    triggerRef(jobs);
    return job;
  }

  async function refresh(): Promise<void> {
    const list = await client.call('listJobs', {});
    jobs.value = new Map(list.map((job) => [job.id, job]));
  }

  client.onEvent((event) => {
    if (event.type === 'job') take(event.job);
  });
  client.onConnection((state) => {
    // Jobs on the screen stay when this fails; the connection's own state tells it.
    if (state === 'open') void refresh().catch(() => {});
  });

  return {
    groups,
    progress,
    summary,
    problemCount,
    indexing,
    isTrayOpen,
    /** Takes a finished or failed job off the screen. */
    dismiss(jobId: string): void {
      dismissed.value = new Set([...dismissed.value, jobId]);
    },
    pause: async (jobId: string) => take(await client.call('pauseJob', { jobId })),
    resume: async (jobId: string) => take(await client.call('resumeJob', { jobId })),
    cancel: async (jobId: string) => take(await client.call('cancelJob', { jobId })),
    retry: async (jobId: string) => take(await client.call('retryJob', { jobId })),
  };
}
