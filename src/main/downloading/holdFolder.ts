/**
 * One writer per folder of a model, across windows and processes: an open SQLite transaction on a file of its own, which
 * the system ends with its program. Whoever comes second looks on until the first one is done.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { holdExclusively } from '../library/driver.ts';

const everyMs = 500;

/** @param whileOthersWrite is called now and then as long as another one holds it. @returns lets go */
export async function holdFolder(
  folder: string,
  whileOthersWrite: () => Promise<void>,
  signal?: AbortSignal,
): Promise<() => void> {
  await mkdir(folder, { recursive: true });
  for (;;) {
    signal?.throwIfAborted();
    const letGo = holdExclusively(join(folder, '.lock.sqlite'));
    if (letGo !== null) return letGo;
    await whileOthersWrite();
    await wait(everyMs, undefined, { signal });
  }
}
