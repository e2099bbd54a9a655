/** Which file this is: a path, a size, a time and a quick hash say what it may be, the whole hash what it is. */
import { stat } from 'node:fs/promises';
import { PlayheadError } from '../../contract/index.ts';
import { fingerprintCoversAll, fingerprintFile, hashWholeFile } from '../media/fingerprint.ts';
import { askDrive } from '../ports/drives.ts';
import type { KnownFile, LibraryApi } from '../ports/libraryApi.ts';

type Files = Pick<LibraryApi, 'knownFilesLike'>;

/** What tells a version of a file from another without opening it. Milliseconds are whole. */
export interface FileVersion {
  sizeBytes: number;
  modifiedMs: number;
}

export interface Identity {
  fingerprint: string;
  /** Null where no known file begins and ends alike. */
  contentHash: string | null;
  /** Paths of known files alike that hold them no longer. */
  gone: string[];
}

/** Reads the whole file only where a known one begins and ends alike and is not plainly this one. */
export async function identify(
  library: Files,
  path: string,
  version: FileVersion,
  signal?: AbortSignal,
): Promise<Identity> {
  const fingerprint = await fingerprintFile(path, version.sizeBytes, signal);
  const alike = await library.knownFilesLike(fingerprint);
  if (fingerprintCoversAll(version.sizeBytes))
    return { fingerprint, contentHash: fingerprint, gone: await findGone(alike, path, signal) };
  const isOther = (known: KnownFile) => known.path !== path || known.modifiedMs !== version.modifiedMs;
  const contentHash = alike.some(isOther) ? await hashWholeFile(path, version.sizeBytes, { signal }) : null;
  return { fingerprint, contentHash, gone: await findGone(alike, path, signal) };
}

async function findGone(alike: readonly KnownFile[], path: string, signal: AbortSignal | undefined): Promise<string[]> {
  const gone: string[] = [];
  for (const known of alike) {
    const isElsewhere = !known.isRemoved && known.path !== path;
    if (isElsewhere && (await hasLeft(known, path, signal))) gone.push(known.path);
  }
  return gone;
}

/**
 * True when a known file is no more at its path: nothing is there, or something else. On file systems that do not
 * tell "A.mp4" from "a.mp4", the old path still leads to the renamed file itself.
 */
async function hasLeft(known: KnownFile, newPath: string, signal?: AbortSignal): Promise<boolean> {
  try {
    const look = (path: string) => askDrive(path, () => stat(path), { signal });
    const [before, now] = [await look(known.path), await look(newPath)];
    if (before.size !== known.sizeBytes) return true;
    const isRespelt = known.path.toLowerCase().normalize() === newPath.toLowerCase().normalize();
    if (isRespelt && before.ino === now.ino && before.dev === now.dev) return true;
    if (Math.trunc(before.mtimeMs) === Math.trunc(known.modifiedMs)) return false;
    if ((await fingerprintFile(known.path, before.size, signal)) !== known.fingerprint) return true;
    if (known.contentHash === null) return false;
    return (await hashWholeFile(known.path, before.size, { signal })) !== known.contentHash;
  } catch (thrown) {
    signal?.throwIfAborted();
    // A folder that may not be read says nothing about the file in it.
    return ['ENOENT', 'ENOTDIR'].includes((thrown as NodeJS.ErrnoException).code ?? '');
  }
}

/** True when the file at this path is the version that was registered: nothing of it needs to be opened. */
export async function isSameVersion(known: KnownFile, version: FileVersion): Promise<boolean> {
  if (known.sizeBytes !== version.sizeBytes || Math.trunc(known.modifiedMs) !== version.modifiedMs) return false;
  return (await fingerprintFile(known.path, version.sizeBytes)) === known.fingerprint;
}

/** The file became another one while it was read: what was read of it is of no use. */
export class ChangedWhileRead extends PlayheadError {
  constructor(path: string) {
    super({
      code: 'file-unreadable',
      message: 'The file kept changing while it was read.',
      file: path,
      hint: 'Add it again when the program that writes it is done.',
    });
  }
}

/** @throws PlayheadError `file-not-found` when it vanished, {@link ChangedWhileRead} when it is another version */
export async function requireUnchanged(path: string, version: FileVersion, signal?: AbortSignal): Promise<void> {
  const now = await askDrive(path, () => stat(path), { signal }).catch((thrown: unknown) => {
    if (thrown instanceof PlayheadError) throw thrown;
    return null;
  });
  if (now === null) {
    throw new PlayheadError({
      code: 'file-not-found',
      message: 'The file vanished while it was read.',
      file: path,
      hint: 'It is read again when it is back.',
    });
  }
  if (now.size !== version.sizeBytes || Math.trunc(now.mtimeMs) !== version.modifiedMs)
    throw new ChangedWhileRead(path);
}
