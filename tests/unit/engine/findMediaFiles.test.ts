import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findMediaFiles } from '../../../src/main/core/engine/findMediaFiles.ts';

async function folderOf(sizes: Record<string, number>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-find-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'deep'));
  for (const [name, bytes] of Object.entries(sizes)) await writeFile(join(folder, name), Buffer.alloc(bytes));
  return folder;
}

test('short files come before long ones, in whatever folder they lie', async () => {
  const folder = await folderOf({ 'a film.mp4': 3000, 'b.mp4': 20, 'deep/c.wav': 100, 'notes.txt': 1 });
  const { files, rejected } = await findMediaFiles([folder]);
  expect(files.map((path) => basename(path))).toEqual(['b.mp4', 'c.wav', 'a film.mp4']);
  expect(rejected).toEqual([]);
});

test('a file that is named twice is found once, and one that is not there is told by name', async () => {
  const folder = await folderOf({ 'b.mp4': 20 });
  const { files, rejected } = await findMediaFiles([join(folder, 'b.mp4'), folder, join(folder, 'gone.mp4')]);
  expect(files).toEqual([join(folder, 'b.mp4')]);
  expect(rejected.map(({ code }) => code)).toEqual(['file-not-found']);
});
