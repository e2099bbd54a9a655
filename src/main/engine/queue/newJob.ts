/** A job as it is put into the queue. */
import { randomUUID } from 'node:crypto';
import type { StoredJob } from '../../ports/libraryApi.ts';

type Given = Pick<StoredJob, 'kind' | 'title' | 'priority' | 'payload'>;

export function newJob(given: Given & Partial<Pick<StoredJob, 'mediaId' | 'parentId'>>): StoredJob {
  const now = new Date().toISOString();
  return {
    id: randomUUID(),
    state: 'queued',
    mediaId: null,
    parentId: null,
    progress: 0,
    stage: 'waiting',
    error: null,
    createdAt: now,
    updatedAt: now,
    result: null,
    attempts: 0,
    ...given,
  };
}
