/**
 * A person's drive is asked here. One whose server is gone, or that is dying, may hold a question for ever, and with it
 * one of the few threads on which this process makes the system's calls. So a drive holds two of them at most, and one
 * that owes an answer is asked nothing more until it gives it: what lies on other drives goes on.
 */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, parse, resolve, sep } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import PQueue from 'p-queue';
import { cancelled, PlayheadError } from '../../contract/errors.ts';

/** Seconds; a disk that was asleep, or a connection that is made anew, takes less. */
const PATIENCE_SEC = 60;
const AT_ONCE = 2;
/** Milliseconds for which the list of mounts is believed. */
const MOUNTS_KEPT_MS = 5000;

export interface Asking {
  signal?: AbortSignal | undefined;
  /** Seconds; default 60. */
  limitSec?: number;
}

interface Drive {
  queue: PQueue;
  /** Questions that it has kept for longer than their limit. */
  owed: number;
}

/** Those that are asked something just now, by name. */
const drives = new Map<string, Drive>();

/**
 * @param file what the drive is told by
 * @param ask a call of the system, or a few that follow each other; nothing in it asks through here again
 * @throws PlayheadError `time-limit` when the drive owes an answer; `cancelled`; what `ask` throws
 */
export async function askDrive<T>(file: string, ask: () => Promise<T>, asking: Asking = {}): Promise<T> {
  const { signal, limitSec = PATIENCE_SEC } = asking;
  if (signal?.aborted) throw cancelled(file);
  const name = driveOf(file);
  const drive = drives.get(name) ?? { queue: new PQueue({ concurrency: AT_ONCE }), owed: 0 };
  drives.set(name, drive);
  if (drive.owed > 0) throw silent(file);
  let isLeft = false;
  const answer = drive.queue.add(async () => {
    if (isLeft) throw silent(file); // nobody waits for it any more
    return untilAnswered(drive, ask, limitSec);
  });
  const forget = () => {
    if (drive.queue.size + drive.queue.pending === 0 && drives.get(name) === drive) drives.delete(name);
  };
  answer.then(forget, forget);
  return new Promise<T>((settle, reject) => {
    const leave = (why: unknown) => {
      isLeft = true;
      reject(why);
    };
    const timer = setTimeout(() => leave(silent(file)), limitSec * 1000);
    const stop = () => leave(cancelled(file));
    signal?.addEventListener('abort', stop, { once: true });
    answer.then(settle, reject).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    });
  });
}

/** Whether a drive still holds a thread when this long has passed: a process that ends in the usual way would wait for it. */
export async function isDriveSilent(patienceMs: number): Promise<boolean> {
  const patience = wait(patienceMs, 'over', { ref: false });
  // Who got an answer may ask the next thing at once: that is no silence either.
  while (isDriveHolding()) {
    const answered = Promise.all([...drives.values()].map(({ queue }) => queue.onIdle()));
    if ((await Promise.race([answered, patience])) === 'over') return isDriveHolding();
  }
  return false;
}

/** True while a drive holds a thread. */
export function isDriveHolding(): boolean {
  return [...drives.values()].some(({ queue }) => queue.pending > 0);
}

/** Its caller may have left: that the drive owes an answer is known all the same. */
async function untilAnswered<T>(drive: Drive, ask: () => Promise<T>, limitSec: number): Promise<T> {
  let isOwed = false;
  const timer = setTimeout(() => {
    isOwed = true;
    drive.owed++;
  }, limitSec * 1000);
  timer.unref();
  try {
    return await ask();
  } finally {
    clearTimeout(timer);
    if (isOwed) drive.owed--;
  }
}

/**
 * A mount point, a letter, a share: what hangs as a whole. The system's own drive does not, but links in it lead to
 * others: there each folder is one. Exported for its test.
 */
export function driveOf(file: string, mounts: readonly string[] = mountPoints()): string {
  const path = resolve(file);
  const whole = process.platform === 'win32' ? parse(path).root : mountOf(path, mounts);
  const own = process.platform === 'win32' ? parse(homedir()).root : mountOf(homedir(), mounts);
  return whole === own || whole === sep ? dirname(path) : whole;
}

function mountOf(path: string, mounts: readonly string[]): string {
  const around = mounts.filter((mount) => path === mount || path.startsWith(mount.endsWith(sep) ? mount : mount + sep));
  const volume = /^\/Volumes\/[^/]+/.exec(path)?.[0];
  return around.sort((a, b) => b.length - a.length)[0] ?? volume ?? sep;
}

let known: { mounts: string[]; readMs: number } | null = null;

/** As Linux lists them, which asks no drive; empty elsewhere. */
function mountPoints(): string[] {
  if (known && Date.now() - known.readMs < MOUNTS_KEPT_MS) return known.mounts;
  known = { mounts: readMounts(), readMs: Date.now() };
  return known.mounts;
}

function readMounts(): string[] {
  try {
    const lines = readFileSync('/proc/self/mounts', 'utf8').split('\n').filter(Boolean);
    const places = lines.map((line) => line.split(' ')[1] ?? '');
    return places.map((place) =>
      place.replace(/\\(\d{3})/g, (_all, code) => String.fromCharCode(Number.parseInt(code, 8))),
    );
  } catch {
    return [];
  }
}

function silent(file: string): PlayheadError {
  return new PlayheadError({
    code: 'time-limit',
    message: 'The drive of this file does not answer.',
    file,
    hint: 'Check that it is connected, or that its server can be reached; then try again.',
  });
}
