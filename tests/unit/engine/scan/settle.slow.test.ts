import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { mayBeGrowing, untilAtRest } from '../../../../src/main/engine/scan/settle.ts';

test('what was changed a moment ago may be growing; old files and those of the future are not', () => {
  expect([-60_000, -1000, 0, 500, 60_000].map((ago) => mayBeGrowing(1e12 + ago, 1e12))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
});

test('files at rest are given after one look, all of them together, one that grows when it rests, one that is gone with its error', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-settle-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const names = ['a.mp4', 'b.mp4', 'growing.mp4'];
  for (const name of names) await writeFile(join(folder, name), 'x');
  const files = [...names, 'gone.mp4'].map((name) => ({ path: join(folder, name), sizeBytes: 1, modifiedMs: 1 }));
  const growing = setInterval(() => void appendFile(join(folder, 'growing.mp4'), 'more'), 50);
  setTimeout(() => clearInterval(growing), 1500);
  const given: [string, boolean, boolean][] = [];
  for await (const { file, isAtRest, error } of untilAtRest(files, 60_000, AbortSignal.timeout(60_000))) {
    given.push([basename(file.path), isAtRest, error !== null]);
    if (file.path.endsWith('growing.mp4')) expect(file.sizeBytes).toBeGreaterThan(1);
  }
  expect(given).toEqual([
    ['gone.mp4', false, true],
    ['a.mp4', true, false],
    ['b.mp4', true, false],
    ['growing.mp4', true, false],
  ]);
});

test('a file that never rests is given up', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-settle-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'endless.mp4');
  await writeFile(path, 'x');
  const growing = setInterval(() => void appendFile(path, 'more'), 50);
  onTestFinished(() => clearInterval(growing));
  const looks = untilAtRest([{ path, sizeBytes: 1, modifiedMs: 1 }], 1200, AbortSignal.timeout(60_000));
  expect((await looks.next()).value).toMatchObject({ isAtRest: false, error: null });
  expect((await looks.next()).done).toBe(true);
});
