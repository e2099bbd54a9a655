/**
 * A machine that falls asleep: what runs is paused first, so that no time limit runs out in the meantime, and goes on when
 * it is awake. What the person had paused stays so.
 */
import { powerMonitor } from 'electron';
import type { EngineApi } from '../../../contract/index.ts';
import { fileWorkKinds } from '../../../contract/index.ts';
import { ignore } from '../../log/log.ts';

/** The list of jobs is read whole. */
const most = 1000;

export function pauseWhileAsleep(api: Pick<EngineApi, 'listJobs' | 'changeJobs'>): void {
  let paused: Promise<string[]> | null = null;
  powerMonitor.on('suspend', () => {
    paused ??= pauseRunning(api);
  });
  powerMonitor.on('resume', () => {
    const asleep = paused;
    paused = null;
    void asleep
      ?.then((jobIds) => (jobIds.length > 0 ? api.changeJobs({ change: 'resume', jobIds }) : null))
      .catch(ignore('the work does not go on after the sleep'));
  });
}

/** @returns the jobs that were not paused before */
async function pauseRunning(api: Pick<EngineApi, 'listJobs' | 'changeJobs'>): Promise<string[]> {
  const tell = ignore('the work was not paused before the sleep');
  const jobs = (await api.listJobs({ limit: most }).catch(tell)) ?? [];
  const open = jobs.filter(({ kind, state }) => fileWorkKinds.includes(kind) && ['queued', 'running'].includes(state));
  const jobIds = open.map(({ id }) => id);
  if (jobIds.length > 0) await api.changeJobs({ change: 'pause', jobIds }).catch(tell);
  return jobIds;
}
