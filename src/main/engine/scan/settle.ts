/** A file that is still being written (copied, downloaded, recorded) is read when it has come to rest. */
import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { askDrive } from '../../ports/drives.ts';
import type { FoundFile } from './walkMedia.ts';

/** Milliseconds; a program that writes a file touches it more often than this. */
const REST_MS = 3000;
/** Milliseconds between two looks. */
const LOOK_MS = 1000;

/** True when the file was changed so lately that it may still be growing. Times of the future tell nothing. */
export function mayBeGrowing(modifiedMs: number, nowMs = Date.now()): boolean {
  return Math.abs(nowMs - modifiedMs) < REST_MS;
}

/** A file as it is now; `error` when it cannot be looked at, `isAtRest` when two looks agreed. */
export interface Look {
  file: FoundFile;
  isAtRest: boolean;
  error: unknown;
}

/**
 * Looks at files every second, and gives each when two looks agree in size and time, or when it is gone; those that
 * still grow after `patienceMs` come last.
 */
export async function* untilAtRest(
  files: readonly FoundFile[],
  patienceMs: number,
  signal: AbortSignal,
): AsyncGenerator<Look> {
  const endMs = Date.now() + patienceMs;
  for (let growing = await lookAt(files, signal); growing.length > 0; ) {
    yield* growing.filter(({ error }) => error !== null);
    const before = growing.filter(({ error }) => error === null);
    if (Date.now() > endMs) {
      yield* before;
      return;
    }
    await wait(LOOK_MS, undefined, { signal });
    const now = await lookAt(
      before.map(({ file }) => file),
      signal,
    );
    const rests = (look: Look, i: number) => look.error === null && isSame(look.file, before[i]?.file);
    for (const look of now.filter(rests)) yield { ...look, isAtRest: true };
    growing = now.filter((look, i) => !rests(look, i));
  }
}

/** @returns false when the file still grew after `patienceMs` */
export async function isAtRestWithin(path: string, patienceMs: number, signal: AbortSignal): Promise<boolean> {
  const file = { path, sizeBytes: -1, modifiedMs: -1 };
  for await (const { isAtRest } of untilAtRest([file], patienceMs, signal)) return isAtRest;
  return false;
}

function isSame(file: FoundFile, before: FoundFile | undefined): boolean {
  return file.sizeBytes === before?.sizeBytes && file.modifiedMs === before.modifiedMs;
}

async function lookAt(files: readonly FoundFile[], signal: AbortSignal): Promise<Look[]> {
  return Promise.all(
    files.map(async (file) => {
      try {
        const { size, mtimeMs } = await askDrive(file.path, () => stat(file.path), { signal });
        return { file: { ...file, sizeBytes: size, modifiedMs: mtimeMs }, isAtRest: false, error: null };
      } catch (error) {
        signal.throwIfAborted();
        return { file, isAtRest: false, error };
      }
    }),
  );
}
