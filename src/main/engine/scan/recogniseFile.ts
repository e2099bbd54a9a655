/** Whether a file that is found at a new path is one that moved there, or one that the person removed. */
import { stat } from 'node:fs/promises';
import { fingerprintCoversAll, fingerprintFile, hashWholeFile } from '../../media/fingerprint.ts';
import { askDrive } from '../../ports/drives.ts';
import type { KnownFile, LibraryApi } from '../../ports/libraryApi.ts';
import { identify } from '../identity.ts';
import type { MediaStates } from '../mediaStates.ts';
import { type RegisterNeeds, registerKnown } from '../registerFile.ts';
import type { FoundFile } from './walkMedia.ts';

export interface RecogniseNeeds extends RegisterNeeds {
  library: RegisterNeeds['library'] & Pick<LibraryApi, 'getMedia' | 'noteMoved'>;
  states: Pick<MediaStates, 'announce' | 'setOffline'>;
}

/**
 * A file that moved needs no look into it: all that is known of it holds.
 * @param sameSize known files of its size
 * @returns false where it is none of them
 */
export async function hasMovedHere(
  needs: RecogniseNeeds,
  file: FoundFile,
  sameSize: readonly KnownFile[],
  signal: AbortSignal,
): Promise<boolean> {
  if (!sameSize.some(({ isRemoved, path }) => !isRemoved && path !== file.path)) return false;
  if (await hasUnreadMovedHere(needs, file, sameSize, signal)) return true;
  const version = { sizeBytes: file.sizeBytes, modifiedMs: Math.trunc(file.modifiedMs) };
  const identity = await identify(needs.library, file.path, version, signal);
  const before = sameSize.find(
    (known) =>
      !known.isRemoved &&
      known.fingerprint === identity.fingerprint &&
      identity.gone.includes(known.path) &&
      (known.contentHash === null || identity.contentHash === null
        ? Math.trunc(known.modifiedMs) === version.modifiedMs
        : known.contentHash === identity.contentHash),
  );
  if (before === undefined) return false;
  const { item } = await needs.library.getMedia(before.id);
  await registerKnown(needs, file.path, { facts: { ...item, ...version }, identity }, signal);
  return true;
}

/** Of a file that nobody has read, its size and time say that it is the one; its job finds it by its id. */
async function hasUnreadMovedHere(
  { library, states }: RecogniseNeeds,
  file: FoundFile,
  sameSize: readonly KnownFile[],
  signal: AbortSignal,
): Promise<boolean> {
  for (const known of sameSize) {
    if (known.isRemoved || known.fingerprint !== '' || known.path === file.path) continue;
    if (await isThere(known.path, signal)) continue;
    await library.noteMoved(known.id, file.path, file.modifiedMs);
    await states.setOffline([known.id], false);
    states.announce(known.id);
    return true;
  }
  return false;
}

/** A file that the person removed stays away in its place, and where it was moved to. */
export async function isUnwanted(
  { library }: RecogniseNeeds,
  file: FoundFile,
  sameSize: readonly KnownFile[],
  signal: AbortSignal,
): Promise<boolean> {
  const removed = sameSize.filter((known) => known.isUnwanted);
  if (removed.length === 0) return false;
  const fingerprint = await fingerprintFile(file.path, file.sizeBytes, signal);
  for (const known of removed) {
    if (!(await isContentOf(file, known, fingerprint, signal))) continue;
    if (known.path === file.path) return true;
    if (await isThere(known.path, signal)) continue; // this one is a copy of it
    await library.noteMoved(known.id, file.path, file.modifiedMs);
    return true;
  }
  return false;
}

/** Of a file that was never read, only its place and time are known. */
async function isContentOf(
  file: FoundFile,
  known: KnownFile,
  fingerprint: string,
  signal: AbortSignal,
): Promise<boolean> {
  if (known.fingerprint === '') return Math.trunc(known.modifiedMs) === Math.trunc(file.modifiedMs);
  if (known.fingerprint !== fingerprint) return false;
  if (known.contentHash === null || fingerprintCoversAll(file.sizeBytes)) return true;
  return (await hashWholeFile(file.path, file.sizeBytes, { signal })) === known.contentHash;
}

function isThere(path: string, signal: AbortSignal): Promise<boolean> {
  return askDrive(path, () => stat(path), { signal }).then(
    () => true,
    () => {
      signal.throwIfAborted();
      return false;
    },
  );
}
