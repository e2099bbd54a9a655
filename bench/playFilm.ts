/**
 * `node bench/playFilm.ts [film]`: how soon and how fast what a window cannot decode is converted, beside ffmpeg's own
 * time to the same frame, and what the timeline's pictures and peaks cost. Without a film, 60 s of 720p HEVC are made.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { locateTools } from '../src/main/media/locateFfmpeg.ts';
import { type OpenedMedia, openMedia } from '../src/main/media/openMedia.ts';
import { secondsOf } from './repeat.ts';

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'playhead-bench-'));
const tool = (await locateTools()).ffmpeg.path ?? 'ffmpeg';
try {
  const film = process.argv[2] ?? (await makeFilm());
  const media = await openMedia(film);
  const startSec = Math.floor(media.facts.durationSec * 0.6);
  const own = await secondsOf(() => decodeOneFrame(film, startSec));
  const first = await secondsOf(() => media.playable({ format: 'h264', first: startSec, count: 1 }));
  const speed = await convertingSpeed(media);
  const strip = await secondsOf(() => media.strip({ stepMs: 4000, number: 0 }));
  const peaks = await secondsOf(() => media.peaks({ level: 'coarse', number: 0 }));
  console.log(
    `load ${loadavg()[0]?.toFixed(1)}; ${media.facts.width} × ${media.facts.height} ${media.facts.videoCodec}`,
  );
  console.log(`ffmpeg alone, to the frame at ${startSec} s: ${own.toFixed(2)} s`);
  console.log(`first piece at ${startSec} s: ${first.toFixed(2)} s (${(first / own).toFixed(1)} ×)`);
  console.log(`converting: ${speed.toFixed(1)} s of film a second`);
  console.log(`a strip of 8 stills: ${strip.toFixed(2)} s; a minute of peaks: ${peaks.toFixed(2)} s`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function makeFilm(): Promise<string> {
  const file = join(folder, 'film.mkv');
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=25:duration=60'];
  const sound = ['-f', 'lavfi', '-i', 'sine=440:duration=60'];
  const codec = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none', '-c:a', 'aac'];
  await run(tool, ['-v', 'error', '-y', ...picture, ...sound, ...codec, file]);
  return file;
}

async function decodeOneFrame(film: string, sec: number): Promise<void> {
  await run(tool, ['-v', 'error', '-ss', String(sec), '-i', film, '-frames:v', '1', '-f', 'null', '-']);
}

/** Seconds of film for each second, piece after piece as a window asks for them. */
async function convertingSpeed(media: OpenedMedia): Promise<number> {
  const pieces = Math.max(1, Math.min(6, Math.floor(media.facts.durationSec / 4)));
  const taken = await secondsOf(async () => {
    for (let i = 0; i < pieces; i++) await media.playable({ format: 'h264', first: i * 4, count: 4 });
  });
  return (pieces * 4 * media.playback.unitSec) / taken;
}
