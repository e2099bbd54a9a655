/** What the timeline draws is what the file holds: stills at their own times, peaks that are the samples. */
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHUNK_PEAKS, PEAK_SAMPLES, STRIP_HEIGHT, STRIP_STILLS } from '../../../src/contract/madeRoutes.ts';
import { openMedia } from '../../../src/main/media/openMedia.ts';
import { ffmpeg } from '../../support/media.ts';
import { COLUMNS, makeNumbered, numberOf, RATE, sound } from '../../support/numberedFilms.ts';

let folder: string;
let film: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-timeline-'));
  const base = join(folder, 'numbered.mkv');
  film = join(folder, 'film.mp4');
  await makeNumbered(base);
  await ffmpeg('-i', base, ...sound, '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', film);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The numbers that a JPEG shows, from the left. */
async function numbersIn(jpeg: Uint8Array, stills: number): Promise<number[]> {
  const file = join(folder, 'strip.jpg');
  await writeFile(file, jpeg);
  const [image] = await (await openMedia(file)).framesAt([0]);
  if (!image) return [];
  const width = image.width / stills;
  const row = Math.floor(image.height / 2) * image.width;
  const at = (still: number, column: number) =>
    image.data[(row + Math.floor(still * width + ((column + 0.5) * width) / COLUMNS)) * 3] ?? 0;
  return Array.from({ length: stills }, (_, still) =>
    numberOf(Array.from({ length: COLUMNS }, (_, column) => at(still, column))),
  );
}

test('each still of a strip shows the frame that is on the screen at its own time', async () => {
  const media = await openMedia(film);
  for (const { stepMs, number } of [
    { stepMs: 200, number: 1 },
    { stepMs: 20, number: 7 },
  ]) {
    const times = Array.from({ length: STRIP_STILLS }, (_, i) => ((number * STRIP_STILLS + i) * stepMs) / 1000);
    const strip = await media.strip({ stepMs, number });
    expect(await numbersIn(strip, STRIP_STILLS)).toEqual(times.map((sec) => Math.floor(sec * RATE + 1e-6)));
  }
  const { facts } = await openMedia(join(folder, 'strip.jpg'));
  expect([facts.width, facts.height]).toEqual([STRIP_STILLS * STRIP_HEIGHT * 2, STRIP_HEIGHT]);
});

test('one still is the frame of its moment, in the size that was asked for, or the file’s own', async () => {
  const media = await openMedia(film);
  expect(await numbersIn(await media.still({ atMs: 1500, edge: 0 }), 1)).toEqual([37]);
  expect((await openMedia(join(folder, 'strip.jpg'))).facts.width).toBe(256);
  await numbersIn(await media.still({ atMs: 0, edge: 64 }), 1);
  expect((await openMedia(join(folder, 'strip.jpg'))).facts.width).toBe(64);
});

test.each(['pcm_s16le', 'aac'])(
  'peaks of %s are the samples at three zooms: fine, coarse, and joined',
  async (codec) => {
    const file = join(folder, codec === 'aac' ? 'sound.m4a' : 'sound.wav');
    const voices = 'aevalsrc=0.8*sin(2*PI*50*t*t)*mod(t\\,1)|0.3*sin(700*t):s=44100:d=70';
    await ffmpeg('-f', 'lavfi', '-i', voices, '-c:a', codec, file);
    const media = await openMedia(file);
    const rate = media.playback.sampleRate;
    expect(rate).toBe(44_100);
    const samples = await media.sound({ channel: 'mix', sampleRate: rate });
    // AAC's decoder makes up noise of its own where the file asks for some.
    const tolerance = codec === 'aac' ? 0.02 : 0.0001;

    for (const [level, number] of [
      ['coarse', 1],
      ['fine', 3],
    ] as const) {
      const perPeak = PEAK_SAMPLES[level];
      const first = number * CHUNK_PEAKS;
      const peaks = asPeaks(await media.peaks({ level, number }));
      expect(peaks.length).toBeGreaterThan(400);
      expect(worst(peaks, (i) => rangeOf(samples, (first + i) * perPeak, (first + i + 1) * perPeak))).toBeLessThan(
        tolerance,
      );
    }
    // Joined, as the window draws many of them in one pixel.
    const coarse = asPeaks(await media.peaks({ level: 'coarse', number: 0 }));
    const joined = Array.from({ length: 60 }, (_, i) => {
      const some = coarse.slice(i * 100, (i + 1) * 100);
      return { low: Math.min(...some.map(({ low }) => low)), high: Math.max(...some.map(({ high }) => high)) };
    });
    expect(worst(joined, (i) => rangeOf(samples, i * 48_000, (i + 1) * 48_000))).toBeLessThan(tolerance);
  },
);

interface Peak {
  low: number;
  high: number;
}

function asPeaks(bytes: Uint8Array): Peak[] {
  const pairs = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  const at = (i: number) => (pairs[i] ?? 0) / 32_767;
  return Array.from({ length: pairs.length / 2 }, (_, i) => ({ low: at(2 * i), high: at(2 * i + 1) }));
}

function rangeOf(samples: Float32Array, from: number, to: number): Peak {
  const some = samples.subarray(from, to);
  return some.reduce<Peak>((r, s) => ({ low: Math.min(r.low, s), high: Math.max(r.high, s) }), { low: 1, high: -1 });
}

/** The largest difference, of all but the last one, which may end early. */
function worst(peaks: readonly Peak[], truth: (i: number) => Peak): number {
  const differences = peaks.slice(0, -1).map(({ low, high }, i) => {
    const { low: trueLow, high: trueHigh } = truth(i);
    return Math.max(Math.abs(low - trueLow), Math.abs(high - trueHigh));
  });
  return Math.max(...differences);
}

test('another sound track is what is heard, drawn and played in its place', async () => {
  const file = join(folder, 'two sounds.mkv');
  const silent = ['-f', 'lavfi', '-i', 'anullsrc=r=48000:d=4'];
  await ffmpeg('-i', film, ...silent, '-map', '0', '-map', '1:a', '-c:v', 'copy', '-c:a', 'ac3', '-shortest', file);
  const own = await openMedia(file);
  const [first, second] = own.playback.soundTracks;
  expect(own.playback).toMatchObject({ soundTrack: first?.streamIndex, isOwnSoundTrack: true });
  const other = await openMedia(file, { soundTrack: second?.streamIndex });
  expect(other.playback).toMatchObject({ soundTrack: second?.streamIndex, isOwnSoundTrack: false });
  const loudness = async (media: typeof own) =>
    (await media.sound({ channel: 'mix' })).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  expect(await loudness(own)).toBeGreaterThan(0.05);
  expect(await loudness(other)).toBeLessThan(0.001);
  expect(other.facts.durationSec).toBeCloseTo(own.facts.durationSec, 3);
  await expect(openMedia(file, { soundTrack: 99 })).rejects.toMatchObject({ code: 'invalid-input' });
});

test('a film that was cut off says how long it should be, and whether it was written to just now', async () => {
  const file = join(folder, 'cut off.mp4');
  await ffmpeg('-i', film, '-c', 'copy', '-movflags', '+faststart', file);
  const bytes = await readFile(file);
  await writeFile(file, bytes.subarray(0, Math.floor(bytes.length * 0.6)));
  const { playback } = await openMedia(file);
  expect(playback.wholeSec).toBeCloseTo(4, 1);
  expect(playback.durationSec).toBeLessThan(3.5);
  expect(playback.isFresh).toBe(true);
  await utimes(file, 1, 1);
  expect((await openMedia(file)).playback.isFresh).toBe(false);
  expect((await openMedia(film)).playback.wholeSec).toBeNull();
});
