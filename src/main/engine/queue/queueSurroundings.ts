/** What the queue is put into: where its jobs are stored, and what it tells and asks of the engine. */
import type { Job } from '../../../contract/index.ts';
import type { LibraryApi } from '../../ports/libraryApi.ts';

export type JobStore = Pick<
  LibraryApi,
  'insertJob' | 'updateJob' | 'updateJobs' | 'getJob' | 'listJobs' | 'nextJob' | 'recoverJobs'
>;

export interface QueueSurroundings {
  onChange(job: Job): void;
  /** Resolves when the disk has room again. Rejects when the program ends. */
  waitForRoom?(): Promise<void>;
  /** The library itself is lost: this lane has ended. */
  onBroken?(thrown: unknown): void;
}
