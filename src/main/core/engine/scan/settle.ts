/** A file that is still being written (copied, downloaded, recorded) is read when it has come to rest. */
import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds; a program that writes a file touches it more often than this. */
const REST_MS = 3000;
/** Milliseconds between two looks. */
const LOOK_MS = 1000;

/** True when the file was changed so lately that it may still be growing. Times of the future tell nothing. */
export function mayBeGrowing(modifiedMs: number, nowMs = Date.now()): boolean {
  return Math.abs(nowMs - modifiedMs) < REST_MS;
}

/**
 * Looks at a file until two looks agree in size and time.
 * @returns false when it still grew after `patienceMs`
 * @throws the system's error when the file is gone
 */
export async function settled(path: string, patienceMs: number, signal: AbortSignal): Promise<boolean> {
  const endMs = Date.now() + patienceMs;
  for (let before = await look(path); ; ) {
    await wait(LOOK_MS, undefined, { signal });
    const now = await look(path);
    if (now === before) return true;
    if (Date.now() > endMs) return false;
    before = now;
  }
}

async function look(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  return `${size} ${mtimeMs}`;
}
