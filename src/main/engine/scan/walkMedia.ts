/**
 * Folders and files as a person gave them -> every media file in them, each told as soon as it is found. What is left
 * out is counted by reason; a folder that cannot be read does not stop the others.
 */
import type { BigIntStats, Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import type { ErrorInfo } from '../../../contract/index.ts';
import { isMediaName } from '../../media/fileTypes.ts';
import { isSubtitleName } from '../../media/subtitles/findSidecars.ts';
import { askDrive } from '../../ports/drives.ts';
import { companionOf, SIDE_FILES } from './companionFiles.ts';
import type { LeaveOut } from './leaveOut.ts';
import { PassedOverList } from './passedOver.ts';
import { unreadablePath } from './pathErrors.ts';
import { isSystemFolder } from './skippedFolders.ts';

export interface FoundFile {
  path: string;
  sizeBytes: number;
  /** Milliseconds since the epoch. */
  modifiedMs: number;
}

/** Entries of a folder that are asked for side by side. */
const AT_ONCE = 32;

const FOUND_ANYWAY = 'links to what is found anyway';

export interface WalkOptions {
  signal?: AbortSignal | undefined;
  leaveOut?: LeaveOut;
}

interface Sorted {
  files: FoundFile[];
  folders: { path: string; facts: BigIntStats }[];
}

export class MediaWalk {
  readonly passedOver = new PassedOverList();
  readonly rejected: ErrorInfo[] = [];
  readonly #roots: string[];
  /** The same with links resolved. */
  #realRoots: string[] = [];
  readonly #signal: AbortSignal | undefined;
  readonly #leaveOut: LeaveOut;
  /** Device and number of each folder and each linked file that was met: a link is followed once, a loop ends. */
  readonly #met = new Set<string>();
  readonly #told = new Set<string>();
  /** 0 to 1: how much of the folders was looked through, each folder counting as much as those beside it. */
  share = 0;

  /** @param paths what a person named: such a file is always taken, such a folder always looked into */
  constructor(paths: readonly string[], { signal, leaveOut = () => null }: WalkOptions = {}) {
    this.#roots = [...new Set(paths.map((path) => resolve(path)))];
    this.#signal = signal;
    this.#leaveOut = leaveOut;
  }

  /** The files of a folder come before those of the folders in it, the smallest first. */
  async *files(): AsyncGenerator<FoundFile> {
    await this.#findRealRoots();
    for (const root of this.#roots) {
      try {
        const facts = await this.#ask(root, () => stat(root, { bigint: true }));
        const share = 1 / this.#roots.length;
        if (facts.isDirectory()) yield* this.#folder(root, facts, share);
        else yield* this.#tell(root, facts);
      } catch (thrown) {
        this.#signal?.throwIfAborted();
        this.rejected.push(unreadablePath(root, thrown));
      }
    }
  }

  /**
   * Those of these paths that a walk would come to, and what lies in those that are folders. A path at which nothing is
   * any more is passed over.
   */
  async *filesAmong(paths: readonly string[]): AsyncGenerator<FoundFile> {
    await this.#findRealRoots();
    const inFolders = new Map<string, Set<string>>();
    for (const path of paths) {
      const names = inFolders.get(dirname(path)) ?? new Set();
      inFolders.set(dirname(path), names.add(basename(path)));
    }
    for (const [folder, names] of inFolders) {
      const root = this.#roots.find(
        (each) => folder === each || folder.startsWith(each.endsWith(sep) ? each : each + sep),
      );
      if (root === undefined || !(await this.#comesTo(root, folder))) continue;
      const entries = await this.#list(folder);
      yield* this.#entries(folder, entries, 0, (name) => names.has(name));
    }
  }

  async #findRealRoots(): Promise<void> {
    const real = (root: string) => this.#ask(root, () => realpath(root)).catch(() => root);
    this.#realRoots = await Promise.all(this.#roots.map(real));
  }

  /** True where every folder from the root down to this one is looked into. */
  async #comesTo(root: string, folder: string): Promise<boolean> {
    if (folder === root) return true;
    const parent = dirname(folder);
    if (this.#leaveOut(folder) !== null || !(await this.#comesTo(root, parent))) return false;
    const entries = await this.#list(parent);
    const entry = entries.find(({ name }) => name === basename(folder));
    return entry !== undefined && reasonByName(entry, parent, namesOf(entries)) === null;
  }

  async *#folder(folder: string, facts: BigIntStats, share: number): AsyncGenerator<FoundFile> {
    this.#signal?.throwIfAborted();
    if (!this.#isNew(facts)) {
      if (!this.#roots.includes(folder)) this.passedOver.add(FOUND_ANYWAY, folder);
      return;
    }
    yield* this.#entries(folder, await this.#list(folder), share);
  }

  /** @param isMeant by its name; all of them when left out */
  async *#entries(
    folder: string,
    entries: readonly Dirent[],
    share: number,
    isMeant = (_name: string) => true,
  ): AsyncGenerator<FoundFile> {
    const names = namesOf(entries);
    const { files, folders }: Sorted = { files: [], folders: [] };
    const [plain, links]: [string[], string[]] = [[], []];
    for (const entry of entries) {
      if (!isMeant(entry.name)) continue;
      const path = join(folder, entry.name);
      const reason = this.#leaveOut(path) ?? reasonByName(entry, folder, names);
      if (reason !== null) this.passedOver.add(reason, path);
      else if (entry.isSymbolicLink()) links.push(path);
      else plain.push(path);
    }
    // A few at once; of two links to one place the first counts, so they wait for each other.
    const sort = (path: string, isLink: boolean) => this.#sort(path, isLink, names, { files, folders });
    for (let at = 0; at < plain.length; at += AT_ONCE)
      await Promise.all(plain.slice(at, at + AT_ONCE).map((path) => sort(path, false)));
    for (const path of links) await sort(path, true);
    for (const file of files.sort((a, b) => a.sizeBytes - b.sizeBytes)) yield* this.#once(file);
    folders.sort((a, b) => a.path.localeCompare(b.path));
    const part = share / (folders.length + 1);
    this.share += part;
    for (const { path, facts: inside } of folders) yield* this.#folder(path, inside, part);
  }

  /** Puts an entry whose name is good among the files or folders, or tells why it is neither. */
  async #sort(path: string, isLink: boolean, names: ReadonlySet<string>, into: Sorted): Promise<void> {
    try {
      const facts = await this.#ask(path, () => stat(path, { bigint: true }));
      const reason = facts.isDirectory() && !isLink ? null : await this.#reasonByFacts(path, isLink, facts, names);
      if (reason !== null) this.passedOver.add(reason, path);
      else if (facts.isDirectory()) into.folders.push({ path, facts });
      else into.files.push(toFound(path, facts));
    } catch (thrown) {
      this.#signal?.throwIfAborted();
      const isBroken = ['ENOENT', 'ELOOP'].includes((thrown as NodeJS.ErrnoException).code ?? '');
      if (isBroken) this.passedOver.add('links to nothing', path);
      else this.rejected.push(unreadablePath(path, thrown));
    }
  }

  async #reasonByFacts(
    path: string,
    isLink: boolean,
    facts: BigIntStats,
    names: ReadonlySet<string>,
  ): Promise<string | null> {
    if (isLink && (await this.#isFoundAnyway(path, facts))) return FOUND_ANYWAY;
    if (facts.isDirectory()) return null;
    if (!facts.isFile()) return 'no plain files';
    const byName = reasonByEnding(path);
    if (byName !== null) return byName;
    return companionOf(dirname(path), { name: basename(path), sizeBytes: Number(facts.size) }, names);
  }

  /** A link into a folder that is looked through leads to what is found there; two links to one file are one. */
  async #isFoundAnyway(path: string, facts: BigIntStats): Promise<boolean> {
    const target = await this.#ask(path, () => realpath(path));
    const isVisible = facts.isDirectory() || reasonByEnding(target) === null;
    const isInside = this.#realRoots.some((root) => {
      const inner = relative(root, target);
      return !inner.startsWith('..') && !inner.split(sep).some((name) => name.startsWith('.'));
    });
    return (isInside && isVisible) || (facts.isFile() && !this.#isNew(facts));
  }

  #ask<T>(path: string, ask: () => Promise<T>): Promise<T> {
    return askDrive(path, ask, { signal: this.#signal });
  }

  #isNew({ dev, ino }: BigIntStats): boolean {
    const key = `${dev}:${ino}`;
    if (this.#met.has(key)) return false;
    this.#met.add(key);
    return true;
  }

  async #list(folder: string): Promise<Dirent[]> {
    try {
      const entries = await this.#ask(folder, () => readdir(folder, { withFileTypes: true }));
      return entries.filter(({ name }) => !isSubtitleName(name)).sort((a, b) => a.name.localeCompare(b.name));
    } catch (thrown) {
      this.rejected.push(unreadablePath(folder, thrown));
      return [];
    }
  }

  *#tell(path: string, facts: BigIntStats): Generator<FoundFile> {
    yield* this.#once(toFound(path, facts));
  }

  *#once(file: FoundFile): Generator<FoundFile> {
    if (this.#told.has(file.path)) return;
    this.#told.add(file.path);
    yield file;
  }
}

/** In lower case. */
function namesOf(entries: readonly Dirent[]): ReadonlySet<string> {
  return new Set(entries.map(({ name }) => name.toLowerCase()));
}

function reasonByName(entry: Dirent, folder: string, names: ReadonlySet<string>): string | null {
  const name = entry.name.toLowerCase();
  const place = { name, parent: basename(folder).toLowerCase(), siblings: names };
  if (entry.isDirectory() && isSystemFolder(place)) return 'folders of the system, a camera or a program';
  if (name.startsWith('.')) return entry.isDirectory() ? 'hidden folders' : 'hidden files';
  return entry.isFile() ? reasonByEnding(name) : null;
}

function reasonByEnding(path: string): string | null {
  if (isMediaName(path)) return null;
  return SIDE_FILES.has(extname(path).toLowerCase())
    ? 'side files of films and pictures'
    : 'no video, sound or picture by their ending';
}

function toFound(path: string, facts: BigIntStats): FoundFile {
  return { path, sizeBytes: Number(facts.size), modifiedMs: Number(facts.mtimeMs) };
}
