import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { clearLeftovers } from '../../../src/main/engine/clearLeftovers.ts';

it('half-written files of killed work are cleared, whole ones and those that are being written are not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'playhead-leftovers-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const write = (path: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), 'x');
    return path;
  };
  const killed = [
    write('thumbnails/a/1.jpg.0a1b.part'),
    write('cache/clips/b.kv.123.partial'),
    write('cache/stamps/c.stamp.1471972657'),
    write('backups/library-2026-11-28T00-00-00.sqlite.unfinished-12'),
  ];
  const whole = [
    write('thumbnails/a/1.jpg'),
    write('cache/clips/b.kv'),
    write('backups/library-2026-11-28T00-00-00.sqlite'),
    write('models/mine.partial/diary.txt'),
  ];
  const [earlier, startedMs] = [new Date(Date.now() - 60_000), Date.now() - 30_000];
  for (const path of [...killed, ...whole]) utimesSync(join(folder, path), earlier, earlier);
  const underWay = write('thumbnails/a/2.jpg.77.part');
  await clearLeftovers(folder, startedMs);
  const isThere = (path: string) => existsSync(join(folder, path));
  expect(killed.filter(isThere)).toEqual([]);
  expect([...whole, underWay].filter(isThere)).toEqual([...whole, underWay]);
});
