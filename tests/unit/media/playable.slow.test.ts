import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetOldest, MadeFiles } from '../../../src/main/engine/playing/madeFiles.ts';
import { openMedia } from '../../../src/main/media/openMedia.ts';
import { ffmpeg } from '../../support/media.ts';

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-playable-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const film = ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=25:duration=5'];
const sound = ['-f', 'lavfi', '-i', 'sine=440:duration=3'];

test('a piece has exactly its frames and samples, also where the sound ends early or the film does', async () => {
  const file = join(folder, 'film.avi');
  await ffmpeg(...film, ...sound, '-c:v', 'mpeg4', '-c:a', 'mp3', file);
  const media = await openMedia(file);
  for (const [first, count] of [
    [0, 1],
    [2, 2],
    [4, 4],
  ] as const) {
    const piece = join(folder, 'piece.mp4');
    await writeFile(piece, await media.playable({ format: 'h264', first, count }));
    expect(await streamsOf(piece)).toEqual([
      { codec: 'h264', frames: count * 25, seconds: count },
      { codec: 'flac', frames: expect.any(Number), seconds: count },
    ]);
  }
});

test('a piece behind the end is refused', async () => {
  const file = join(folder, 'short.avi');
  await ffmpeg(...film, '-c:v', 'mpeg4', file);
  const media = await openMedia(file);
  await expect(media.playable({ format: 'h264', first: 60, count: 1 })).rejects.toMatchObject({
    code: 'invalid-input',
  });
});

test('pieces beyond the limit are removed, those that were used longest ago first', async () => {
  const cache = await mkdtemp(join(folder, 'cache-'));
  for (const name of ['old', 'newer', 'newest']) {
    await writeFile(join(cache, name), new Uint8Array(100));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await forgetOldest(cache, 250);
  await expect(run('ls', [cache])).resolves.toMatchObject({ stdout: 'newer\nnewest\n' });
});

test('a file is made once however often it is asked for, and goes with what it was made of', async () => {
  const cache = await mkdtemp(join(folder, 'made-'));
  const files = new MadeFiles(cache, 1e6);
  let made = 0;
  const make = async () => new Uint8Array([++made]);
  await Promise.all([files.take('a-1', make), files.take('a-1', make), files.take('b-1', make)]);
  await files.take('a-1', make);
  expect(made).toBe(2);
  await files.forget('a-');
  await expect(run('ls', [cache])).resolves.toMatchObject({ stdout: 'b-1\n' });
});

async function streamsOf(file: string) {
  const entries = 'stream=codec_name,duration,nb_read_packets';
  const args = ['-v', 'error', '-count_packets', '-show_entries', entries, '-of', 'json', file];
  const { stdout } = await run('ffprobe', args);
  const { streams } = JSON.parse(stdout) as {
    streams: { codec_name: string; duration: string; nb_read_packets: string }[];
  };
  return streams.map((s) => ({ codec: s.codec_name, frames: Number(s.nb_read_packets), seconds: Number(s.duration) }));
}
