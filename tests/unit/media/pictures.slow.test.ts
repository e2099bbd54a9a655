/** A picture is its first image, upright, whatever it is stored in. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RgbImage } from '../../../src/main/ports/rgbImage.ts';
import { describeWithEachTool, make, temporaryFolder } from './makeMedia.ts';
import { factsOf, framesAt, sampledFrames, thumbnailsOf } from './openedMedia.ts';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const fixture = (name: string) => path.join(import.meta.dirname, '..', '..', 'fixtures', 'media', name);

/** The colour at a place of a picture, given in shares of its width and height. */
async function colourAt(file: string, x: number, y: number): Promise<string> {
  const [image] = await framesAt(file, [0], { maxEdge: 1280 });
  const { width, height, data } = image as RgbImage;
  const i = (Math.floor(y * height) * width + Math.floor(x * width)) * 3;
  const [red = 0, green = 0, blue = 0] = data.subarray(i, i + 3);
  if (red > 128 && blue > 128) return green > 128 ? 'white' : 'pink';
  return red > 128 ? 'red' : blue > 128 ? 'blue' : green > 64 ? 'green' : 'black';
}

/** An Exif block that says nothing but how the camera was held. */
function exif(orientation: number): Buffer {
  const tiff = Buffer.from('II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0', 'latin1');
  tiff.writeUInt16LE(orientation, 18);
  return tiff;
}

function jpegWith(orientation: number, jpeg: Buffer): Buffer {
  const block = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(orientation)]);
  const head = Buffer.from([0xff, 0xe1, 0, block.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, block, jpeg.subarray(2)]);
}

function webpWith(orientation: number, webp: Buffer, width: number, height: number): Buffer {
  const chunk = (name: string, content: Buffer) => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(content.length);
    return Buffer.concat([Buffer.from(name, 'latin1'), size, content, Buffer.alloc(content.length % 2)]);
  };
  const features = Buffer.alloc(10);
  features[0] = 0x08; // has Exif
  features.writeUIntLE(width - 1, 4, 3);
  features.writeUIntLE(height - 1, 7, 3);
  const chunks = [chunk('VP8X', features), webp.subarray(12), chunk('EXIF', exif(orientation))];
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...chunks]);
  return chunk('RIFF', body);
}

describeWithEachTool('a picture', () => {
  it.each([
    // Stored red on the left, blue on the right; upright where Exif says that the camera was turned.
    [1, { width: 96, height: 64 }, ['red', 'blue', 'red', 'blue']],
    [2, { width: 96, height: 64 }, ['blue', 'red', 'blue', 'red']],
    [3, { width: 96, height: 64 }, ['blue', 'red', 'blue', 'red']],
    [6, { width: 64, height: 96 }, ['red', 'red', 'blue', 'blue']],
    [8, { width: 64, height: 96 }, ['blue', 'blue', 'red', 'red']],
  ])('is put upright as Exif says (%i), in JPEG and WebP', async (orientation, size, corners) => {
    const halves = '-f lavfi -i color=red:s=48x64 -f lavfi -i color=blue:s=48x64 -filter_complex hstack -frames:v 1';
    await make(`${halves} ${at('plain.jpg')}`);
    await make(`${halves} ${at('plain.webp')}`);
    writeFileSync(at(`${orientation}.jpg`), jpegWith(orientation, readFileSync(at('plain.jpg'))));
    writeFileSync(at(`${orientation}.webp`), webpWith(orientation, readFileSync(at('plain.webp')), 96, 64));
    for (const name of [`${orientation}.jpg`, `${orientation}.webp`]) {
      expect(await factsOf(at(name))).toMatchObject({ kind: 'image', ...size });
      const places: [number, number][] = [
        [0.2, 0.2],
        [0.8, 0.2],
        [0.2, 0.8],
        [0.8, 0.8],
      ];
      const found = [];
      for (const [x, y] of places) found.push(await colourAt(at(name), x, y));
      expect(found).toEqual(corners);
    }
  });

  it.each(['portrait6.jpg', 'portrait8.jpg', 'ultrahdr.jpg', 'stereo.jpg'])(
    'of a phone or a stereo camera is its first image, upright (%s)',
    async (name) => {
      expect(await factsOf(fixture(name))).toMatchObject({ kind: 'image', width: 600, height: 1000 });
      const { frames } = await sampledFrames(fixture(name), { numFrames: 2 });
      expect(frames[0]).toMatchObject({ width: 600, height: 1000 });
      expect(frames[1]).toBe(frames[0]);
      // White paper with two lines of black letters, as upright as it was written.
      expect(await colourAt(fixture(name), 0.5, 0.05)).toBe('white');
      expect(await colourAt(fixture(name), 0.5, 0.95)).toBe('white');
      await thumbnailsOf(fixture(name), [{ outFile: at(`${name}.thumb.jpg`) }]);
      expect(await factsOf(at(`${name}.thumb.jpg`))).toMatchObject({ width: 192, height: 320 });
      expect(await darkestRow(at(`${name}.thumb.jpg`))).toBeLessThan(0.5);
    },
  );

  it.each(['tiled.heic', 'turned.heic', 'tiled-turned.avif'])(
    'of tiles, or turned, is whole and upright (%s)',
    async (name) => {
      const isTurned = name.includes('turned');
      const size = isTurned ? { width: 64, height: 128 } : { width: 128, height: 64 };
      expect(await factsOf(fixture(name))).toMatchObject({ kind: 'image', ...size });
      // Red on the left and blue on the right; a turn to the left puts the right side on top.
      expect(await colourAt(fixture(name), isTurned ? 0.5 : 0.2, isTurned ? 0.8 : 0.5)).toBe('red');
      expect(await colourAt(fixture(name), isTurned ? 0.5 : 0.8, isTurned ? 0.2 : 0.5)).toBe('blue');
    },
  );

  it('that moves as WebP is its first image, and says so', async () => {
    const facts = await factsOf(fixture('anim.webp'));
    expect(facts).toMatchObject({ kind: 'image', width: 160, height: 90 });
    expect(facts.notices).toEqual([expect.stringContaining('animated WebP')]);
    const { frames } = await sampledFrames(fixture('anim.webp'), { numFrames: 1 });
    expect(frames[0]?.data).toHaveLength(160 * 90 * 3);
  });

  it('that moves as PNG is a video', async () => {
    await make(`-f lavfi -i testsrc2=s=64x48:r=5:d=2 -f apng ${at('moving.png')}`);
    expect(await factsOf(at('moving.png'))).toMatchObject({ kind: 'video', frameCount: 10 });
  });
});

describe('a picture of a rarer kind', () => {
  it.each(['jp2', 'j2k', 'exr', 'pbm', 'pgm', 'ppm'])('is a picture, not a film (.%s)', async (ending) => {
    const halves = '-f lavfi -i color=white:s=48x64 -f lavfi -i color=black:s=48x64 -filter_complex hstack';
    await make(`${halves} -frames:v 1 ${at(`halves.${ending}`)}`);
    expect(await factsOf(at(`halves.${ending}`))).toMatchObject({ kind: 'image', width: 96, height: 64 });
    expect(await colourAt(at(`halves.${ending}`), 0.2, 0.5)).toBe('white');
    expect(await colourAt(at(`halves.${ending}`), 0.8, 0.5)).toBe('black');
    const wish = { outFile: at(`halves.${ending}.jpg`) };
    await thumbnailsOf(at(`halves.${ending}`), [wish]);
    expect(await factsOf(wish.outFile)).toMatchObject({ kind: 'image' });
  });

  it('of Photoshop is the picture of all its layers', async () => {
    const head = Buffer.from('8BPS\0\x01\0\0\0\0\0\0\0\x03\0\0\0\x40\0\0\0\x60\0\x08\0\x03', 'latin1');
    const planes = [0xff, 0, 0].map((level) => Buffer.alloc(96 * 64, level));
    writeFileSync(at('red.psd'), Buffer.concat([head, Buffer.alloc(14), ...planes]));
    expect(await factsOf(at('red.psd'))).toMatchObject({ kind: 'image', width: 96, height: 64 });
    expect(await colourAt(at('red.psd'), 0.5, 0.5)).toBe('red');
  });

  it('is told by its whole head: a text that begins as one is none', async () => {
    writeFileSync(at('note.ppm'), 'P6 is where the car stands\n');
    await expect(factsOf(at('note.ppm'))).rejects.toMatchObject({ code: 'file-not-media' });
  });
});

describe('a picture that would fill the memory', () => {
  it('is refused by its size, before it is decoded', async () => {
    await make(`-f lavfi -i color=red:s=16x16 -frames:v 1 ${at('small.bmp')}`);
    copyFileSync(at('small.bmp'), at('huge.bmp'));
    const bytes = readFileSync(at('huge.bmp'));
    bytes.writeInt32LE(16_000, 18);
    bytes.writeInt32LE(16_000, 22);
    writeFileSync(at('huge.bmp'), bytes);
    await expect(factsOf(at('huge.bmp'))).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('16000 × 16000'),
      file: at('huge.bmp'),
    });
  });
});

/** Where, from 0 at the top to 1, a picture is darkest. */
async function darkestRow(file: string): Promise<number> {
  const [image] = await framesAt(file, [0]);
  const { width, height, data } = image as RgbImage;
  const sums = Array.from({ length: height }, (_, y) =>
    data.subarray(y * width * 3, (y + 1) * width * 3).reduce((sum, value) => sum + value, 0),
  );
  return sums.indexOf(Math.min(...sums)) / height;
}
