/**
 * Three lanes, one job at a time in each: a question never waits behind a batch of files, two heavy jobs never share
 * the machine, and the first file of a folder is indexed while the rest of the folder is looked through.
 */
import type { JobKind } from '../../../contract/index.ts';
import { isDiskFull } from '../library/libraryErrors.ts';

export type Lane = 'interactive' | 'looking' | 'background';

export const lanes: Lane[] = ['interactive', 'looking', 'background'];

export const laneOf: Record<JobKind, Lane> = {
  ask: 'interactive',
  caption: 'interactive',
  scan: 'looking',
  index: 'background',
  import: 'background',
};

/** Higher runs first. What gives way goes down by up to 19. */
export const priorityOf: Record<JobKind, number> = { ask: 100, caption: 90, scan: 50, import: 30, index: 20 };

/**
 * True when a job is not failed but tried again once the disk has room. An import is not: it would read and write
 * many gigabytes again at every try.
 */
export function waitsForRoom(kind: JobKind, thrown: unknown): boolean {
  return kind !== 'import' && isDiskFull(thrown);
}

/** Kinds that go on where they were; the others would begin anew. */
export const pausableKinds: JobKind[] = ['scan', 'index'];

/** What comes in batches, as opposed to what a person waits for. */
export const batchKinds: JobKind[] = [...kindsOf('looking'), ...kindsOf('background')];

export function kindsOf(lane: Lane): JobKind[] {
  return (Object.keys(laneOf) as JobKind[]).filter((kind) => laneOf[kind] === lane);
}
