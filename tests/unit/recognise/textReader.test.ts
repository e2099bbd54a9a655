import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RgbImage } from '../../../src/main/ports/rgbImage.ts';
import { brightnessGrid, showsTheSame } from '../../../src/main/recognising/frameChange.ts';
import { findTextModel } from '../../../src/main/recognising/modelFiles.ts';
import { resizeImage } from '../../../src/main/recognising/resizeImage.ts';
import { openTextReader, type TextReader } from '../../../src/main/recognising/text/textReader.ts';
import { framesAt } from '../media/openedMedia.ts';

const titleFile = fileURLToPath(new URL('../../fixtures/recognise/title.png', import.meta.url));
let title: RgbImage;
let reader: TextReader;

beforeAll(async () => {
  [title] = (await framesAt(titleFile, [0])) as [RgbImage];
  reader = await openTextReader(findTextModel(), { edge: 960, threads: 1 });
});
afterAll(() => reader.release());

/** The picture whose pixel (x, y) is the source's pixel at `from(x, y)`. */
function remap(source: RgbImage, width: number, height: number, from: (x: number, y: number) => [number, number]) {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sx, sy] = from(x, y);
      const at = (sy * source.width + sx) * 3;
      data.set(source.data.subarray(at, at + 3), (y * width + x) * 3);
    }
  }
  return { width, height, data };
}

it.each([
  ['upwards', (x: number, y: number): [number, number] => [639 - y, x]],
  ['downwards', (x: number, y: number): [number, number] => [y, 359 - x]],
])('text that runs %s is read', async (_, from) => {
  const readings = await reader.read(remap(title, 360, 640, from));
  expect(readings.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['Harbour Lights 1987', 'Directed by M. Okafor']),
  );
});

it('a frame that shows the same is not read again', async () => {
  const first = await reader.read(title);
  const noisy = { ...title, data: title.data.map((value, i) => (value > 128 ? value - (i % 3) : value + (i % 3))) };
  expect(await reader.read(noisy)).toBe(first);
});

it('a subtitle that appears is a change, though it is small', () => {
  const grid = brightnessGrid(title);
  const appeared = { ...title, data: title.data.slice() };
  for (let x = 300; x < 400; x++) appeared.data.fill(255, (340 * 640 + x) * 3, (340 * 640 + x) * 3 + 3);
  expect(showsTheSame(grid, brightnessGrid(title))).toBe(true);
  expect(showsTheSame(grid, brightnessGrid(appeared))).toBe(false);
});

it('a picture that shrinks keeps its mean, one that grows lies between its pixels', () => {
  const grey = { width: 4, height: 1, data: Uint8Array.from([0, 40, 80, 120].flatMap((v) => [v, v, v])) };
  const half = resizeImage(grey, 2, 1).data;
  expect([half[0], half[3]].map(Number).reduce((a, b) => a + b)).toBe(120);
  const doubled = resizeImage(grey, 8, 1).data;
  expect([doubled[3], doubled[6], doubled[9]]).toEqual([10, 30, 50]);
  expect(resizeImage(grey, 4, 1)).toBe(grey);
});
