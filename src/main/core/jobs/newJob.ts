/** A job as it is put into the queue. */
import { randomUUID } from 'node:crypto';
import type { JobKind } from '../../../contract/index.ts';
import type { StoredJob } from '../ports/libraryApi.ts';
import { priorityOf } from './lanes.ts';

export interface NewJob {
  kind: JobKind;
  title: string;
  mediaId?: string | null;
  parentId?: string | null;
  payload: unknown;
  /** How far it runs behind the others of its kind, 0 to 19. */
  givesWay?: number;
}

export function queuedJob(input: NewJob): StoredJob {
  const now = new Date().toISOString();
  return {
    id: randomUUID(),
    kind: input.kind,
    state: 'queued',
    title: input.title,
    mediaId: input.mediaId ?? null,
    parentId: input.parentId ?? null,
    progress: 0,
    stage: 'waiting',
    error: null,
    createdAt: now,
    updatedAt: now,
    result: null,
    priority: priorityOf[input.kind] - (input.givesWay ?? 0),
    payload: input.payload,
    attempts: 0,
  };
}
