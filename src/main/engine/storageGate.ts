/**
 * A full disk, or another program that holds the library, ends nothing: what has to be written waits and is tried
 * again until it succeeds, and the window is told what everything waits for.
 */
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ErrorInfo, fromErrorInfo, type PlayheadError, toErrorInfo } from '../../contract/index.ts';
import { isStorageTrouble, toLibraryError } from '../library/libraryErrors.ts';

/** Milliseconds between two tries: short at first, since most programs hold a file for a moment only. */
const pauses = [50, 100, 200, 400, 800];
/** A trouble that is over sooner is not worth telling. */
const tellAfterMs = 1_000;
/** Room for a picture and for what the databases need to write about it. */
const roomBytes = 2 * 2 ** 20;

export class StorageGate {
  readonly #tell: () => void;
  /** What each waiting call met last. */
  readonly #waiting = new Map<object, ErrorInfo>();
  readonly #closing = new AbortController();
  #trouble: ErrorInfo | null = null;
  #broken: PlayheadError | null = null;
  #hearOfTrouble: () => void = () => {};
  #timer: NodeJS.Timeout | null = null;

  /** @param tell is called when `trouble` has changed */
  constructor(tell: () => void) {
    this.#tell = tell;
    this.firstTrouble = new Promise((resolve) => {
      this.#hearOfTrouble = resolve;
    });
  }

  /** Resolves when there is something to tell. */
  readonly firstTrouble: Promise<void>;

  /** What writing waits for, or null while it goes on. */
  get trouble(): ErrorInfo | null {
    return this.#broken?.toInfo() ?? this.#trouble;
  }

  /** The library is lost for good: every later call fails with this reason, so that nothing is acknowledged. */
  breakOff(thrown: unknown): void {
    if (this.#broken || this.#closing.signal.aborted) return;
    this.#broken = fromErrorInfo(toErrorInfo(thrown));
    this.#hearOfTrouble();
    this.#tell();
  }

  /** Runs `work` until it fails for no reason of storage; after `close`, once more. */
  async persist<T>(work: () => Promise<T>): Promise<T> {
    const call = {};
    try {
      for (let tries = 0; ; tries++) {
        try {
          if (this.#broken) throw this.#broken;
          return await work();
        } catch (thrown) {
          if (this.#closing.signal.aborted || !isStorageTrouble(thrown)) throw thrown;
          this.#meet(call, toErrorInfo(thrown));
        }
        await pause(pauses[tries] ?? 1_000, this.#closing.signal);
      }
    } finally {
      this.#leave(call);
    }
  }

  /** Resolves when a file of a few megabytes can be written into `folder`. */
  waitForRoom(folder: string): Promise<void> {
    return this.persist(async () => {
      const file = join(folder, `room-${randomUUID()}.part`);
      try {
        await writeFile(file, Buffer.alloc(roomBytes));
      } catch (thrown) {
        throw toLibraryError(thrown, file);
      } finally {
        await rm(file, { force: true });
      }
    });
  }

  /** The program is about to end: nothing waits any more. */
  close(): void {
    this.#closing.abort();
  }

  #meet(call: object, info: ErrorInfo): void {
    this.#waiting.set(call, info);
    if (this.#trouble) {
      this.#show(info);
      return;
    }
    this.#timer ??= setTimeout(() => this.#show([...this.#waiting.values()].at(-1) ?? null), tellAfterMs);
    this.#timer.unref();
  }

  #leave(call: object): void {
    if (!this.#waiting.delete(call) || this.#waiting.size > 0) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#show(null);
  }

  #show(trouble: ErrorInfo | null): void {
    const isNews = this.#trouble?.code !== trouble?.code;
    this.#trouble = trouble;
    if (trouble) this.#hearOfTrouble();
    if (isNews) this.#tell();
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
