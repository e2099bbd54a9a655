/** A file that is still being written is told from one that was written just now. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Playback } from '../../../src/main/engine/playing/playback.ts';
import { ffmpeg } from '../../support/media.ts';

test('a recording grows from one look to the next; a copy that was just made does not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-growing-'));
  const [whole, file] = [join(folder, 'whole.ts'), join(folder, 'growing.ts')];
  await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=25:duration=6', '-c:v', 'mpeg2video', whole);
  const bytes = await readFile(whole);
  const library = { mediaFile: async () => file, getSetting: async () => null };
  const playback = new Playback(library, folder, new AbortController().signal);
  await writeFile(file, bytes.subarray(0, Math.floor(bytes.length / 2)));
  const first = await playback.facts('m');
  expect([first.isFresh, first.isGrowing]).toEqual([true, false]);
  await writeFile(file, bytes);
  const second = await playback.facts('m');
  expect(second.isGrowing).toBe(true);
  expect(second.durationSec).toBeGreaterThan(first.durationSec + 1);
  expect((await playback.facts('m')).isGrowing).toBe(false);
  await rm(folder, { recursive: true, force: true });
});
