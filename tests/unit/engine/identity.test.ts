import { appendFile, link, mkdtemp, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { identify, isSameVersion, requireUnchanged } from '../../../src/main/engine/identity.ts';
import { hashWholeFile } from '../../../src/main/media/fingerprint.ts';
import type { KnownFile } from '../../../src/main/ports/libraryApi.ts';

const MIB = 2 ** 20;

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-identity-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function versionOf(path: string) {
  const { size, mtimeMs } = await stat(path);
  return { sizeBytes: size, modifiedMs: Math.trunc(mtimeMs) };
}

/** A file of three MiB whose first and last are always the same. */
async function writeTake(path: string, middle: number, at = new Date(1e12)): Promise<void> {
  await writeFile(path, Buffer.concat([Buffer.alloc(MIB, 1), Buffer.alloc(MIB, middle), Buffer.alloc(MIB, 1)]));
  await utimes(path, at, at);
}

/** The file as the library knows it once it is indexed, whatever becomes of it then. */
async function indexed(path: string): Promise<KnownFile> {
  const version = await versionOf(path);
  const { fingerprint } = await identify(knowing(), path, version);
  const contentHash = await hashWholeFile(path, version.sizeBytes);
  return {
    id: `id of ${path}`,
    path,
    state: 'ready',
    isOffline: false,
    isRemoved: false,
    isUnwanted: false,
    fingerprint,
    contentHash,
    ...version,
  };
}

/** A library that knows these files. */
function knowing(...files: KnownFile[]) {
  return { knownFilesLike: async (fingerprint: string) => files.filter((file) => file.fingerprint === fingerprint) };
}

test('two takes with equal ends have one fingerprint and two whole hashes', async () => {
  const folder = await temporaryFolder();
  const [mix, other] = [join(folder, 'mix.wav'), join(folder, 'other.wav')];
  await writeTake(mix, 2);
  await writeTake(other, 3);
  const known = await indexed(mix);
  const found = await identify(knowing(known), other, await versionOf(other));
  expect(found.fingerprint).toBe(known.fingerprint);
  expect(found.contentHash).not.toBe(known.contentHash);
  expect(found.gone).toEqual([]);
});

test('a file that nothing is like, and one that is plainly the same version, are not read whole', async () => {
  const folder = await temporaryFolder();
  const mix = join(folder, 'mix.wav');
  await writeTake(mix, 2);
  const known = await indexed(mix);
  expect(await identify(knowing(), mix, await versionOf(mix))).toMatchObject({ contentHash: null, gone: [] });
  expect(await identify(knowing(known), mix, await versionOf(mix))).toMatchObject({ contentHash: null });
  expect(await isSameVersion(known, await versionOf(mix))).toBe(true);
  await writeTake(mix, 3, new Date(2e12));
  expect(await isSameVersion(known, await versionOf(mix))).toBe(false);
  const written = await identify(knowing(known), mix, await versionOf(mix));
  expect(written.contentHash).not.toBeNull();
  expect(written.contentHash).not.toBe(known.contentHash);
});

test('a file has left its path when nothing, or something else, is there: another size, start or middle', async () => {
  const folder = await temporaryFolder();
  const [from, to] = [join(folder, 'from.wav'), join(folder, 'to.wav')];
  const later = new Date(2e12);
  const overwritten: [string, () => Promise<void>][] = [
    ['nothing', async () => {}],
    ['another size', () => writeFile(from, 'short')],
    ['another start', () => writeFile(from, Buffer.alloc(3 * MIB, 9))],
    ['another middle', () => writeTake(from, 7, later)],
  ];
  for (const [what, overwrite] of overwritten) {
    await writeTake(from, 2);
    const known = await indexed(from);
    await rename(from, to);
    await overwrite();
    const { gone } = await identify(knowing(known), to, await versionOf(to));
    expect(gone, what).toEqual([known.path]);
  }
});

test('the original of a copy, and of a hard link, is still in its place; touching it changes nothing', async () => {
  const folder = await temporaryFolder();
  const [original, copy, linked] = ['a.wav', 'copy.wav', 'link.wav'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writeTake(original, 2);
  const known = await indexed(original);
  await writeTake(copy, 2, new Date(2e12));
  await link(original, linked);
  expect(await identify(knowing(known), copy, await versionOf(copy))).toMatchObject({
    contentHash: known.contentHash,
    gone: [],
  });
  expect(await identify(knowing(known), linked, await versionOf(linked))).toMatchObject({ gone: [] });
  await utimes(original, new Date(3e12), new Date(3e12));
  expect(await identify(knowing(known), copy, await versionOf(copy))).toMatchObject({ gone: [] });
  // Two names of one file that differ in case stand for a file system that does not tell them apart.
  const respelt = join(folder, 'A.wav');
  await link(original, respelt);
  expect(await identify(knowing(known), respelt, await versionOf(respelt))).toMatchObject({ gone: [known.path] });
});

test('a file that vanished or changed while it was read is noticed', async () => {
  const folder = await temporaryFolder();
  const clip = join(folder, 'clip.mp4');
  await writeFile(clip, 'one');
  const version = await versionOf(clip);
  await requireUnchanged(clip, version);
  await appendFile(clip, 'more');
  await expect(requireUnchanged(clip, version)).rejects.toMatchObject({ code: 'file-unreadable' });
  await rm(clip);
  await expect(requireUnchanged(clip, version)).rejects.toMatchObject({ code: 'file-not-found' });
});

test('which known files begin and end alike is asked once for each file, however large it is', async () => {
  for (const bytes of [10, 5 * MIB]) {
    const path = join(await temporaryFolder(), `asked-${bytes}`);
    await writeFile(path, Buffer.alloc(bytes, 'x'));
    let asked = 0;
    const library = {
      async knownFilesLike() {
        asked++;
        return [];
      },
    };
    await identify(library, path, await versionOf(path));
    expect(asked).toBe(1);
  }
});
