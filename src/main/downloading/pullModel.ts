/**
 * A model's files come onto this machine: the one door of this room. What came in an earlier run is kept; what is there
 * at the end is, byte for byte, what the repository lists for one commit.
 */
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PlayheadError } from '../../contract/index.ts';
import { checkRoom } from '../ports/diskRoom.ts';
import { checkKnown, chooseFiles } from './chooseFiles.ts';
import { type FetchedPart, readFetched, writeFetched } from './fetchedManifest.ts';
import { fetchFile, type Wanted } from './fetchFile.ts';
import { holdFolder } from './holdFolder.ts';
import { readJournal } from './journal.ts';
import { missingTower } from './missingTower.ts';
import type { Listing, ModelSource } from './modelSource.ts';
import { pullError } from './pullErrors.ts';
import { PullMeter, type PullProgress } from './pullProgress.ts';
import { type Patience, usualPatience, withRetries } from './retries.ts';
import { reuseFetched } from './reuseFetched.ts';

/** What of a catalogue's entry is needed here. */
export interface PullEntry {
  name: string;
  /** "DAMO-NLP-SG/VideoLLaMA2.1-7B-AV" */
  repository: string;
  /** A commit, a branch or a tag; null for the newest commit of the default branch. */
  revision: string | null;
  /** Those that are wanted; what a checkpoint consists of when left out. */
  files?: readonly string[];
  /** Hashes that are known beforehand. */
  known?: readonly { path: string; sha256: string }[];
}

export interface PullNeeds {
  source: ModelSource;
  /** Where `source` is, for messages. */
  endpoint: string;
  /** Below it each repository has a folder, and in it each commit. */
  downloads: string;
  bytesPerSecond?: number | null;
  patience?: Patience;
  /** Bytes of the bundle that is made of it afterwards; none when left out. */
  importBytes?(listing: Listing): number;
}

export interface PullWatch {
  signal?: AbortSignal;
  onProgress?(progress: PullProgress): void;
  /** Hears which commit is fetched, before anything of it is. */
  onCommit?(commit: string): Promise<void>;
}

export interface PulledModel {
  /** A checkpoint as the importer reads it. */
  folder: string;
  commit: string;
}

/** @throws PlayheadError as `fetchFile` and `checkRoom`; what the signal was aborted with */
export async function pullModel(entry: PullEntry, needs: PullNeeds, watch: PullWatch = {}): Promise<PulledModel> {
  const revisions = revisionsOf(needs.downloads, entry.repository);
  const pull = new Pull(needs, watch, revisions);
  const listing = await pull.list(entry.repository, entry.revision);
  checkKnown(listing, entry.known ?? []);
  await watch.onCommit?.(listing.commit);
  const folder = join(revisions, listing.commit.slice(0, 12));
  const main: FetchedPart = partOf({ ...listing, files: chooseFiles(listing, entry.files) }, '');
  const letGo = await holdFolder(revisions, () => pull.lookOn(folder, main), watch.signal);
  try {
    await pull.checkRoom(folder, [main], listing);
    const [small, large] = [main.files.filter((file) => !isLarge(file)), main.files.filter(isLarge)];
    await pull.bring(folder, { ...main, files: small });
    const tower = await missingTower(folder, main.files);
    const parts = tower === null ? [main] : [main, await pull.listTower(tower)];
    await pull.checkRoom(folder, parts, listing);
    await pull.bring(folder, { ...main, files: large });
    for (const part of parts.slice(1)) await pull.bring(folder, part);
    const before = await readFetched(folder);
    await writeFetched(folder, { formatVersion: 1, name: entry.name, parts: together(before?.parts ?? [], parts) });
    return { folder, commit: listing.commit };
  } finally {
    letGo();
  }
}

/** Bytes that were fetched of a repository and are kept: also what is half fetched, and what was set aside. */
export async function pulledBytes(downloads: string, repository: string): Promise<number> {
  const revisions = revisionsOf(downloads, repository);
  const names = (await readdir(revisions, { recursive: true }).catch(() => [])).filter(
    (name) => !name.startsWith('.lock'),
  );
  const sizes = await Promise.all(names.map((name) => stat(join(revisions, name)).catch(() => null)));
  return sizes.reduce((sum, found) => sum + (found?.isFile() ? found.size : 0), 0);
}

/**
 * All of that goes; nothing else is in this folder.
 * @returns how many bytes that were
 * @throws PlayheadError `invalid-input` while it is being fetched
 */
export async function removePulled(downloads: string, repository: string): Promise<{ bytes: number }> {
  const revisions = revisionsOf(downloads, repository);
  const bytes = await pulledBytes(downloads, repository);
  if ((await stat(revisions).catch(() => null)) === null) return { bytes };
  const letGo = await holdFolder(revisions, async () => {
    throw new PlayheadError({
      code: 'invalid-input',
      message: `${repository} is being fetched just now.`,
      hint: 'Stop that first, here or in the other Playhead.',
    });
  });
  letGo();
  await rm(revisions, { recursive: true, force: true });
  return { bytes };
}

function revisionsOf(downloads: string, repository: string): string {
  return join(downloads, repository.replace('/', '--'));
}

const isLarge = ({ sha256, size }: { sha256: string | null; size: number }) => sha256 !== null && size > 16 * 2 ** 20;

function partOf({ repository, commit, files }: Listing, into: string): FetchedPart {
  return { repository, commit, into, files };
}

/** What an earlier pull of other files of this commit brought is not forgotten. */
function together(before: FetchedPart[], now: FetchedPart[]): FetchedPart[] {
  const isSame = (one: FetchedPart) => (other: FetchedPart) =>
    one.into === other.into && one.repository === other.repository && one.commit === other.commit;
  const joined = now.map((part) => {
    const earlier = before.find(isSame(part))?.files ?? [];
    const kept = earlier.filter(({ path }) => !part.files.some((file) => file.path === path));
    return { ...part, files: [...part.files, ...kept] };
  });
  return [...joined, ...before.filter((part) => !now.some(isSame(part)))];
}

class Pull {
  readonly #needs: PullNeeds;
  readonly #signal: AbortSignal | undefined;
  readonly #revisions: string;
  readonly #meter: PullMeter;
  readonly #patience: Patience;

  constructor(needs: PullNeeds, { signal, onProgress = () => {} }: PullWatch, revisions: string) {
    this.#needs = needs;
    this.#signal = signal;
    this.#revisions = revisions;
    this.#meter = new PullMeter(onProgress);
    this.#patience = needs.patience ?? usualPatience;
  }

  async list(repository: string, revision: string | null): Promise<Listing> {
    const { source, endpoint } = this.#needs;
    this.#meter.enter('listing', null);
    const onWait = () => this.#meter.enter('waiting', repository);
    const retrying = { patience: this.#patience, signal: this.#signal, reached: () => 0, onWait };
    try {
      return await withRetries(retrying, () => source.list(repository, revision, this.#signal));
    } catch (thrown) {
      this.#signal?.throwIfAborted();
      throw pullError(thrown, { endpoint, repository });
    }
  }

  /** Into a folder named after it, where the importer looks for it. */
  async listTower(repository: string): Promise<FetchedPart> {
    const listing = await this.list(repository, null);
    const isTower =
      /^(config|preprocessor_config|model\.safetensors\.index)\.json$|\.safetensors$|^pytorch_model\.bin$/;
    const files = chooseFiles(listing).filter(({ path }) => isTower.test(path));
    return partOf({ ...listing, files }, repository.split('/').at(-1) ?? repository);
  }

  async checkRoom(folder: string, parts: FetchedPart[], listing: Listing): Promise<void> {
    this.#meter.total = parts.flatMap(({ files }) => files).reduce((sum, { size }) => sum + size, 0);
    let there = 0;
    for (const { into, files } of parts)
      for (const { path, size } of files) there += await bytesOf(join(folder, into, path), size);
    await checkRoom(this.#revisions, {
      download: Math.max(0, this.#meter.total - there),
      import: this.#needs.importBytes?.(listing) ?? 0,
    });
  }

  async bring(folder: string, part: FetchedPart): Promise<void> {
    const { source, endpoint, bytesPerSecond = null } = this.#needs;
    const into = join(folder, part.into);
    await mkdir(into, { recursive: true });
    for (const file of part.files) {
      const wanted: Wanted = { listing: part, file, folder: into };
      const name = join(part.into, file.path);
      await reuseFetched(this.#revisions, wanted);
      await fetchFile(wanted, {
        ...{ source, endpoint, bytesPerSecond, patience: this.#patience, signal: this.#signal },
        onBytes: (bytes) => this.#meter.reached(name, bytes),
        onStage: (stage) => this.#meter.enter(stage, name),
      });
    }
  }

  /** What another one has fetched by now, as this one's progress. */
  async lookOn(folder: string, { files }: FetchedPart): Promise<void> {
    this.#meter.enter('elsewhere', null);
    this.#meter.total = files.reduce((sum, { size }) => sum + size, 0);
    for (const { path, size } of files) this.#meter.reached(path, await bytesOf(join(folder, path), size));
  }
}

async function bytesOf(file: string, size: number): Promise<number> {
  const whole = await stat(file).catch(() => null);
  return whole?.size === size ? size : ((await readJournal(file))?.bytes ?? 0);
}
