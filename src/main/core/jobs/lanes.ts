/**
 * Two lanes, one job at a time in each: a question never waits behind a batch of files, and two heavy
 * jobs never share the machine.
 */
import type { JobKind } from '../../../contract/index.ts';
import { isDiskFull } from '../library/libraryErrors.ts';

export type Lane = 'interactive' | 'background';

export const lanes: Lane[] = ['interactive', 'background'];

export const laneOf: Record<JobKind, Lane> = {
  ask: 'interactive',
  caption: 'interactive',
  scan: 'background',
  index: 'background',
  import: 'background',
};

/** Higher runs first. */
export const priorityOf: Record<JobKind, number> = { ask: 100, caption: 90, scan: 50, import: 30, index: 10 };

/**
 * True when a job is not failed but tried again once the disk has room. An import is not: it would read and write
 * many gigabytes again at every try.
 */
export function waitsForRoom(kind: JobKind, thrown: unknown): boolean {
  return kind !== 'import' && isDiskFull(thrown);
}

/** Kinds that go on where they were; the others would begin anew. */
export const pausableKinds: JobKind[] = ['scan', 'index'];

export function kindsOf(lane: Lane): JobKind[] {
  return (Object.keys(laneOf) as JobKind[]).filter((kind) => laneOf[kind] === lane);
}
