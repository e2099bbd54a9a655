import { describe, expect, it } from 'vitest';
import { resizeBicubic } from '../../../src/main/answering/preprocess/bicubic.ts';
import { processImages, resizeForTower } from '../../../src/main/answering/preprocess/imageProcessor.ts';
import type { RgbImage } from '../../../src/main/ports/rgbImage.ts';
import type { VisionPreprocessing } from '../../../src/main/ports/visionPreprocessing.ts';
import { largestDifference, readJsonFixture, readTensor } from './readFixture.ts';

const siglip = { resize: 'squash', mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5], rescale: 1 / 255 } as const;
const clip = {
  resize: 'shortest-edge-crop',
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
  rescale: 1 / 255,
} as const;

/** The picture that make_fixtures.py computes too. */
function picture(width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i++) data[i] = (Math.imul(i, 2654435761) >>> 13) & 255;
  return { width, height, data };
}

describe('processImages', () => {
  it.each([
    ['siglip', siglip],
    ['siglip-wide', siglip],
    ['clip', clip],
    ['clip-wide', clip],
  ])('makes the pixel values of the reference, to the bit (%s)', (name, family) => {
    const frames = readTensor(`vision-${name}.safetensors`, 'frames');
    const expected = readTensor(`vision-${name}.safetensors`, 'pixel_values');
    const [count, height, width] = frames.shape as [number, number, number];
    const images = Array.from({ length: count }, (_, t) => ({
      width,
      height,
      data: (frames.data as Uint8Array).subarray(t * height * width * 3, (t + 1) * height * width * 3),
    }));
    const settings: VisionPreprocessing = { ...family, size: expected.shape[2] as number };
    expect(largestDifference(processImages(images, settings), expected.data)).toBe(0);
  });

  it('processes a frame that is given several times once, and writes it every time', () => {
    const still = picture(32, 20);
    let reads = 0;
    const counted = {
      ...still,
      get data() {
        reads++;
        return still.data;
      },
    };
    const settings: VisionPreprocessing = { ...siglip, size: 8 };
    const values = processImages([counted, counted, counted], settings);
    const readsForOne = reads;
    reads = 0;
    const one = processImages([counted], settings);
    expect(reads).toBe(readsForOne);
    expect(values).toEqual(Float32Array.from([...one, ...one, ...one]));
  });

  it('crops the centre of tall pictures as well as of wide ones', () => {
    for (const [width, height] of [
      [23, 61],
      [61, 23],
      [24, 24],
    ] as const) {
      const cropped = resizeForTower(picture(width, height), { resize: 'shortest-edge-crop', size: 16 });
      expect([cropped.width, cropped.height, cropped.data.length]).toEqual([16, 16, 16 * 16 * 3]);
    }
  });
});

describe('resizeBicubic', () => {
  const cases = readJsonFixture<{ from: [number, number]; to: [number, number]; pixels: number[] }[]>('pillow.json');

  it.each(cases.map((c) => [c.from, c.to, c.pixels] as const))('equals Pillow from %j to %j', (from, to, pixels) => {
    expect([...resizeBicubic(picture(...from), ...to).data]).toEqual(pixels);
  });

  it('gives the same pixels for a part of the result as for the whole', () => {
    const whole = resizeBicubic(picture(50, 40), 30, 20);
    const part = resizeBicubic(picture(50, 40), 30, 20, { left: 7, top: 3, width: 11, height: 9 });
    for (let y = 0; y < 9; y++) {
      const row = ((y + 3) * 30 + 7) * 3;
      expect(part.data.subarray(y * 33, y * 33 + 33)).toEqual(whole.data.subarray(row, row + 33));
    }
  });
});
