/** Work that waits, by the folder that its files lie in. */
import type { Job } from '../../contract/jobs.ts';

export interface JobFolder {
  /** "" for what belongs to no file. */
  folder: string;
  jobs: Job[];
}

/** In the order of their first jobs. */
export function groupByFolder(jobs: readonly Job[]): JobFolder[] {
  const folders = new Map<string, Job[]>();
  for (const job of jobs) {
    const folder = folderOf(job.paths[0] ?? '');
    folders.set(folder, [...(folders.get(folder) ?? []), job]);
  }
  return [...folders].map(([folder, grouped]) => ({ folder, jobs: grouped }));
}

function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '');
}
