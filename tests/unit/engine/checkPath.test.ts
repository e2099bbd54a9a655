import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkPath } from '../../../src/main/engine/checkPath.ts';
import { expandPath } from '../../../src/main/engine/expandPath.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-paths-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a path that is to be added', () => {
  it('is told apart as a file or a folder, however it was pasted', async () => {
    const file = join(folder, 'a film 🎬.mp4');
    await writeFile(file, 'x');
    expect(await checkPath(file)).toEqual({ path: file, kind: 'file', error: null });
    expect((await checkPath(folder)).kind).toBe('folder');
    expect((await checkPath(pathToFileURL(file).href)).kind).toBe('file');
    expect(expandPath('~/Videos')).toBe(join(homedir(), 'Videos'));
  });

  it('is refused with what to do when it is not there, not full, or empty', async () => {
    const gone = await checkPath(join(folder, 'gone'));
    expect(gone.error).toMatchObject({ code: 'file-not-found', file: join(folder, 'gone') });
    expect(gone.error?.message).toContain('gone');
    expect((await checkPath('Videos')).error).toMatchObject({ code: 'invalid-input' });
    await writeFile(join(folder, 'empty.mp4'), '');
    const empty = await checkPath(join(folder, 'empty.mp4'));
    expect(empty.error?.code).toBe('file-empty');
    for (const { error } of [gone, empty]) expect(error?.hint).toBeTruthy();
  });

  it.skipIf(process.getuid?.() === 0)('is refused when it may not be read, a folder like a file', async () => {
    await mkdir(join(folder, 'locked'));
    await writeFile(join(folder, 'locked.mp4'), 'x');
    for (const name of ['locked', 'locked.mp4']) {
      await chmod(join(folder, name), 0o000);
      const { error } = await checkPath(join(folder, name));
      await chmod(join(folder, name), 0o700);
      expect(error).toMatchObject({ code: 'file-unreadable' });
      expect(error?.hint).toContain('right');
    }
  });
});
