/**
 * One file, durably: into `<name>.part`, from where an earlier run broke off, checked as a whole, and only then under
 * its name. Only for the one that holds the folder (`holdFolder.ts`).
 */
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ignore } from '../log/log.ts';
import { isAsListed } from './checkFile.ts';
import { bytesToKeep, newJournal, partOf, removeJournal, removePart, writeJournal } from './journal.ts';
import type { ListedFile, Listing, ModelSource } from './modelSource.ts';
import { damaged, type PullPlace, pullError } from './pullErrors.ts';
import { type Patience, withRetries } from './retries.ts';

/** Bytes between two moments at which what was fetched is certain to be on the disk. */
const bytesPerSync = 16 * 2 ** 20;
/** A connection that gives nothing for so long is taken for broken. */
const silenceMs = 60_000;

export interface FetchOptions {
  source: ModelSource;
  /** For messages. */
  endpoint: string;
  patience: Patience;
  /** Null for as fast as it goes. */
  bytesPerSecond: number | null;
  signal: AbortSignal | undefined;
  /** How many bytes of this file there are by now. */
  onBytes(bytes: number): void;
  onStage(stage: 'fetching' | 'checking' | 'waiting'): void;
}

/** What is to be fetched, and where to. */
export interface Wanted {
  listing: Pick<Listing, 'repository' | 'commit'>;
  file: ListedFile;
  folder: string;
}

/**
 * @throws PlayheadError `download-damaged` (what came is in `<name>.wrong`), `download-changed`, `unreachable`,
 * `token-needed`, `terms-needed`, `not-found`, `rate-limited`, `disk-full`; what the signal was aborted with
 */
export async function fetchFile(wanted: Wanted, options: FetchOptions): Promise<void> {
  const { listing, file, folder } = wanted;
  const target = join(folder, file.path);
  const place: PullPlace = { ...options, repository: listing.repository, path: file.path, file: target };
  await mkdir(dirname(target), { recursive: true });
  try {
    options.onStage('checking');
    if (await isAsListed(target, file, options.signal)) return options.onBytes(file.size);
    await pour(wanted, target, options);
    options.onStage('checking');
    if (!(await isAsListed(partOf(target), file, options.signal))) throw damaged(place, await setAside(target));
    await rename(partOf(target), target);
    await syncFolder(dirname(target));
    await removeJournal(target);
  } catch (thrown) {
    options.signal?.throwIfAborted();
    throw pullError(thrown, place);
  }
}

async function pour({ listing, file }: Wanted, target: string, options: FetchOptions): Promise<void> {
  const journal = newJournal(listing, file);
  journal.bytes = await bytesToKeep(target, journal);
  await writeJournal(target, journal);
  const handle = await open(partOf(target), 'a');
  const retrying = {
    ...options,
    reached: () => journal.bytes,
    onWait: () => options.onStage('waiting'),
  };
  const keep = async () => {
    await handle.sync();
    await writeJournal(target, journal);
  };
  try {
    await withRetries(retrying, async (failures) => {
      options.onStage('fetching');
      options.onBytes(journal.bytes);
      if (journal.bytes === file.size) return;
      const quiet = new Silence(options.signal);
      const request = { listing, file, offset: journal.bytes, failures, signal: quiet.signal };
      try {
        let unsynced = 0;
        for await (const chunk of await options.source.open(request)) {
          quiet.heard();
          // Before it counts: no more is ever told than the limit allows.
          if (options.bytesPerSecond !== null)
            await wait((chunk.length / options.bytesPerSecond) * 1000, undefined, { signal: options.signal });
          await append(handle, chunk);
          journal.bytes += chunk.length;
          unsynced += chunk.length;
          options.onBytes(journal.bytes);
          // More than was listed is no part of it; the hash would say so at the very end.
          if (journal.bytes > file.size) break;
          if (unsynced >= bytesPerSync) await keep();
          if (unsynced >= bytesPerSync) unsynced = 0;
        }
      } finally {
        quiet.end();
      }
      if (journal.bytes < file.size)
        throw new Error(`the connection ended after ${journal.bytes} of ${file.size} bytes`);
    });
  } finally {
    // Also after a failure: what came is kept. A disk that is full keeps what it has.
    await keep().catch(ignore('how far a file was fetched was not kept', { file: target }));
    await handle.close();
  }
}

async function append(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at)).bytesWritten;
}

/** `<name>.wrong`: the latest of them is kept, for whoever wants to know what came. */
async function setAside(target: string): Promise<string> {
  const aside = `${target}.wrong`;
  await rm(aside, { force: true });
  await rename(partOf(target), aside);
  await removePart(target);
  return aside;
}

/** The new name is on the disk, too. Windows opens no folders, and needs no such thing. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(ignore('a folder was not synced', { file: folder }));
  await handle?.close();
}

/** A signal that is aborted with another one, or when nothing was heard for a minute. */
class Silence {
  readonly #controller = new AbortController();
  readonly #timer = setTimeout(() => this.#controller.abort(new Error('nothing came for a minute')), silenceMs);
  readonly signal: AbortSignal;

  constructor(outer: AbortSignal | undefined) {
    this.signal = outer ? AbortSignal.any([outer, this.#controller.signal]) : this.#controller.signal;
  }

  heard(): void {
    this.#timer.refresh();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#controller.abort(new Error('enough came'));
  }
}
