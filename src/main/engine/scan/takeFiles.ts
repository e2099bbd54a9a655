/**
 * Files that a folder holds -> what becomes of each: named and queued where it is new, left alone where it has not
 * changed, found again where it moved, queued anew where it changed. Nothing of a new file is read here.
 */
import { randomUUID } from 'node:crypto';
import PQueue from 'p-queue';
import { typeOfName } from '../../media/fileTypes.ts';
import type { KnownFile, LibraryApi } from '../../ports/libraryApi.ts';
import type { FilePlace, NamedFile } from '../../ports/rootsApi.ts';
import type { EngineFolders } from '../folders.ts';
import { isSameVersion } from '../identity.ts';
import { indexJob } from '../jobs/indexJob.ts';
import type { MediaStates } from '../mediaStates.ts';
import type { JobQueue } from '../queue/jobQueue.ts';
import { isSample } from '../registerFile.ts';
import { stepsBehind } from './indexOrder.ts';
import { hasMovedHere, isUnwanted, type RecogniseNeeds } from './recogniseFile.ts';
import type { FoundFile } from './walkMedia.ts';

export interface TakeNeeds extends RecogniseNeeds {
  library: RecogniseNeeds['library'] & Pick<LibraryApi, 'placeFiles' | 'nameFiles' | 'isWaiting'>;
  states: MediaStates;
  folders: Pick<EngineFolders, 'resources'>;
  queue(): Pick<JobQueue, 'enqueue' | 'enqueueAll'>;
}

export interface Taking {
  signal: AbortSignal;
  /** The scan that its jobs belong to. */
  parentId?: string;
  /** The person asked for these files: what they had removed comes back. */
  isAsked: boolean;
  /** A file of the same size and time is compared by its quick hash, too. */
  looksCloser: boolean;
}

/** Files that are looked up in one call, and named in one write. */
const MOST_AT_ONCE = 200;
/** Milliseconds after which those that were found are, however few. */
const NAME_EVERY_MS = 200;
/** Files whose ends are compared side by side. */
const READ_AT_ONCE = 2;

export class FileTaker {
  readonly #needs: TakeNeeds;
  readonly #taking: Taking;
  readonly #pool = new PQueue({ concurrency: READ_AT_ONCE });
  #failure: { thrown: unknown } | null = null;
  #new: { file: FoundFile; isQueued: boolean }[] = [];
  #found: { file: FoundFile; isAtRest: boolean }[] = [];
  #placedMs = Date.now();
  readonly #changed: FoundFile[] = [];
  /** Files that are indexed and have not changed. */
  unchanged = 0;
  /** Files that were away. */
  cameBack = 0;
  /** Files that the person removed, and that stay away. */
  readonly unwanted: string[] = [];

  constructor(needs: TakeNeeds, taking: Taking) {
    this.#needs = needs;
    this.#taking = taking;
  }

  /** One that still grows is named, and taken later. */
  async take(file: FoundFile, isAtRest = true): Promise<void> {
    this.#taking.signal.throwIfAborted();
    this.#found.push({ file, isAtRest });
    if (Date.now() - this.#placedMs > NAME_EVERY_MS || this.#found.length >= MOST_AT_ONCE) await this.#place();
  }

  /** Many at once: what it costs to ask the library does not depend on how many there are. */
  async #place(): Promise<void> {
    const found = this.#found.splice(0);
    this.#placedMs = Date.now();
    if (found.length === 0) return;
    const places = await this.#needs.library.placeFiles(found.map(({ file }) => file));
    for (const [index, { file, isAtRest }] of found.entries()) {
      const { known, sameSize } = places[index] as FilePlace;
      if (known === null) await this.#takeUnknown(file, isAtRest, sameSize);
      else if (isAtRest && isSameVersionAs(known, file)) await this.#takeKnown(file, known);
      else if (isAtRest) this.#changed.push(file);
    }
    await this.#name();
  }

  /**
   * What was put off is done. Paths that are known with other content come last: what was known there and moved on was
   * met under its new path by now.
   */
  async finish(): Promise<void> {
    await this.#place();
    await this.#pool.onIdle();
    this.#throwFailure();
    await this.#name();
    const changed = this.#changed.splice(0);
    const places = changed.length === 0 ? [] : await this.#needs.library.placeFiles(changed);
    for (const [index, file] of changed.entries()) {
      const { known, sameSize } = places[index] as FilePlace;
      if (known === null) await this.#takeUnknown(file, true, sameSize);
      else await this.#queue(known, file);
    }
    await this.#pool.onIdle();
    this.#throwFailure();
    await this.#name();
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.thrown;
  }

  /** Resolves when nothing is at work here any more. */
  async rest(): Promise<void> {
    this.#pool.clear();
    await this.#pool.onIdle();
  }

  async #takeKnown(file: FoundFile, known: KnownFile): Promise<void> {
    await this.#welcome(known);
    const version = { sizeBytes: file.sizeBytes, modifiedMs: Math.trunc(known.modifiedMs) };
    const isSame = !this.#taking.looksCloser || (await isSameVersion(known, version).catch(() => false));
    if (known.state === 'ready' && isSame) this.unchanged++;
    else await this.#queue(known, file);
  }

  /** Where a known file has this size, their ends are compared, a few at once. */
  async #takeUnknown(file: FoundFile, isAtRest: boolean, sameSize: readonly KnownFile[]): Promise<void> {
    if (sameSize.length === 0 || !isAtRest) {
      this.#new.push({ file, isQueued: isAtRest });
      return;
    }
    await this.#pool.onSizeLessThan(1);
    this.#throwFailure();
    void this.#pool
      .add(() => this.#recognise(file, sameSize))
      .catch((thrown: unknown) => {
        this.#failure ??= { thrown };
      });
  }

  async #recognise(file: FoundFile, sameSize: readonly KnownFile[]): Promise<void> {
    const { signal, isAsked } = this.#taking;
    try {
      if (!isAsked && (await isUnwanted(this.#needs, file, sameSize, signal))) {
        this.unwanted.push(file.path);
        return;
      }
      if (await hasMovedHere(this.#needs, file, sameSize, signal)) {
        this.unchanged++;
        this.cameBack++; // it may have been away between its two places
        return;
      }
    } catch {
      signal.throwIfAborted();
      // It cannot be read: its own job tells why.
    }
    this.#new.push({ file, isQueued: true });
  }

  async #name(): Promise<void> {
    const found = this.#new.splice(0);
    if (found.length === 0) return;
    const { library, folders, states, queue } = this.#needs;
    const files = found.map(({ file, isQueued }) => ({ ...toNamed(file, isSample(folders, file.path)), isQueued }));
    const jobs = files.filter(({ isQueued }) => isQueued).map((file) => this.#jobOf(file, file.id));
    let named: string[] = [];
    await queue().enqueueAll(async () => {
      named = await library.nameFiles(files, jobs);
      return jobs.filter(({ mediaId }) => named.includes(mediaId as string));
    });
    states.announce(...named);
  }

  /** Once: a file whose turn will come anyway is let be. */
  async #queue(known: KnownFile, file: FoundFile): Promise<void> {
    const { library, states, queue } = this.#needs;
    if (await library.isWaiting(known.id)) return;
    await this.#welcome(known);
    await states.move(known.id, 'queued');
    await queue().enqueue(this.#jobOf({ ...file, isSample: isSample(this.#needs.folders, file.path) }, known.id));
  }

  async #welcome({ id, isOffline }: KnownFile): Promise<void> {
    if (!isOffline) return;
    this.cameBack++;
    await this.#needs.states.setOffline([id], false);
  }

  #jobOf({ path, sizeBytes, isSample: isOurs }: Pick<NamedFile, 'path' | 'sizeBytes' | 'isSample'>, mediaId: string) {
    const { parentId } = this.#taking;
    const about = { mediaId, lowersPriorityBy: stepsBehind(sizeBytes, isOurs) };
    return indexJob.create({ path }, parentId === undefined ? about : { ...about, parentId });
  }
}

function isSameVersionAs(known: KnownFile, { sizeBytes, modifiedMs }: FoundFile): boolean {
  // The same time reads a millisecond more or less, by how a system is asked for it.
  return known.sizeBytes === sizeBytes && Math.abs(known.modifiedMs - modifiedMs) < 2;
}

function toNamed({ path, sizeBytes, modifiedMs }: FoundFile, isOurs: boolean): NamedFile {
  const kind = typeOfName(path)?.kind;
  return {
    ...{ id: randomUUID(), path, sizeBytes, modifiedMs: Math.trunc(modifiedMs), isSample: isOurs },
    kind: kind === 'audio' || kind === 'image' ? kind : 'video',
  };
}
