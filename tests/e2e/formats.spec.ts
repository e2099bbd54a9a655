/** Films and sounds that a browser engine may not decode play all the same, and show the frame that was asked for. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { playhead, type RunningPlayhead, startPlayhead } from '../../tools/lib/builtPlayhead.ts';
import { ffmpeg } from '../support/media.ts';
import { expect, openFile, openLibrary, test } from './support/window.ts';

let running: RunningPlayhead;
let folder: string;

const RATE = 25;
const BITS = 8;
/** Columns from the left are the frame's number in binary, the highest bit first: white for 1, black for 0. */
const numbered = `nullsrc=size=${BITS * 32}x128:rate=${RATE}:duration=6,geq=lum='if(mod(floor(N/pow(2,${BITS - 1}-floor(X/32))),2),235,16)':cb=128:cr=128`;
const picture = ['-f', 'lavfi', '-i', numbered];
const sound = ['-f', 'lavfi', '-i', 'sine=440:duration=6'];
const film = (...codec: string[]) => [
  ...picture,
  ...sound,
  '-c:a',
  'aac',
  '-shortest',
  '-pix_fmt',
  'yuv420p',
  ...codec,
];

/** By file name: how ffmpeg makes it. */
const films: Record<string, string[]> = {
  'h264.mp4': film('-c:v', 'libx264'),
  'hevc.mp4': film('-c:v', 'libx265', '-x265-params', 'log-level=none'),
  'hevc ten bit.mkv': [...film('-c:v', 'libx265', '-x265-params', 'log-level=none'), '-pix_fmt', 'yuv420p10le'],
  'prores.mov': [...film('-c:v', 'prores_ks'), '-pix_fmt', 'yuv422p10le', '-c:a', 'pcm_s16le'],
  'mpeg2.ts': [...film('-c:v', 'mpeg2video', '-q:v', '2'), '-c:a', 'mp2'],
  'mpeg4.avi': [...film('-c:v', 'mpeg4', '-q:v', '2'), '-c:a', 'mp3'],
  'vp9.webm': [...film('-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'), '-c:a', 'libopus'],
  'h264 with ac3.mkv': [...film('-c:v', 'libx264'), '-c:a', 'ac3'],
  'hevc from 30 s.mkv': [...film('-c:v', 'libx265', '-x265-params', 'log-level=none'), '-output_ts_offset', '30'],
  'animation.gif': [...picture, '-c:v', 'gif'],
};

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-formats-'));
  await mkdir(join(folder, 'films'));
  for (const [name, args] of Object.entries(films)) await ffmpeg(...args, join(folder, 'films', name));
  await ffmpeg(...sound, '-c:a', 'wmav2', join(folder, 'films', 'sound.wma'));
  const indexed = playhead('index', join(folder, 'films'), '--library', join(folder, 'library'));
  expect(indexed.exitCode, indexed.stderr).toBe(0);
  running = await startPlayhead(join(folder, 'library'));
});
test.afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

const element = (page: Page) => page.getByTestId('player').locator('video, audio');

/** Goes to a moment, and gives the number of the frame that is shown then, read from its pixels. */
async function frameAt(page: Page, sec: number): Promise<number> {
  return element(page).evaluate(
    async (media, { at, bits }) => {
      const video = media as HTMLVideoElement;
      video.currentTime = at;
      // Not the next `seeked`: that may be of a jump that was under way before.
      while (video.seeking || video.readyState < 2) await new Promise((resolve) => setTimeout(resolve, 20));
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const canvas = new OffscreenCanvas(bits, 1);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      let number = 0;
      context?.drawImage(video, 0, 0, bits, 1);
      const pixels = context?.getImageData(0, 0, bits, 1).data ?? [];
      for (let bit = 0; bit < bits; bit++) number = number * 2 + ((pixels[bit * 4] ?? 0) > 127 ? 1 : 0);
      return number;
    },
    { at: sec, bits: BITS },
  );
}

for (const name of Object.keys(films)) {
  test(`${name} shows the frame that is asked for, and plays on`, async ({ page }) => {
    await openLibrary(page, running);
    await openFile(page, name);
    await expect
      .poll(() => element(page).evaluate((media) => (media as HTMLMediaElement).readyState))
      .toBeGreaterThan(1);
    for (const frame of [100, 30, 131, 2]) {
      expect(Math.abs((await frameAt(page, (frame + 0.5) / RATE)) - frame), `frame ${frame}`).toBeLessThanOrEqual(1);
    }
    await page.getByTestId('play-pause').click();
    await expect
      .poll(() => element(page).evaluate((media) => (media as HTMLMediaElement).currentTime))
      .toBeGreaterThan(1.5);
    await expect(page.getByTestId('player-trouble')).toHaveCount(0);
  });
}

test('sound that the window cannot decode is heard, and what was done is said', async ({ page }) => {
  await openLibrary(page, running);
  await openFile(page, 'sound.wma');
  await expect(page.getByTestId('play-note')).toContainText('cannot play wmav2');
  await page.getByTestId('play-pause').click();
  await expect
    .poll(() => element(page).evaluate((media) => (media as HTMLMediaElement).currentTime))
    .toBeGreaterThan(1.5);
  expect(await element(page).evaluate(loudness)).toBeGreaterThan(0.05);
});

/** Runs in the page: the loudest sample just now. */
async function loudness(media: HTMLElement | SVGElement): Promise<number> {
  const context = new AudioContext();
  const source = context.createMediaElementSource(media as HTMLMediaElement);
  const meter = context.createAnalyser();
  source.connect(meter);
  await context.resume();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const samples = new Float32Array(meter.fftSize);
  meter.getFloatTimeDomainData(samples);
  return Math.max(...samples.map(Math.abs));
}
