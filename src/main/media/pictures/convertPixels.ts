import { PlayheadError } from '../../../contract/index.ts';
import type { RgbImage } from '../../ports/rgbImage.ts';
import { ffmpegOnBytes } from '../ffmpeg.ts';
import type { PixelSize } from '../videoFilters.ts';

export interface RgbaImage {
  width: number;
  height: number;
  /** height * width * 4 bytes: rows from the top; red, green, blue, opacity. */
  data: Uint8ClampedArray;
  /** Quarter turns to the left that are still to be made. */
  turns?: number;
}

/** Pixels of another decoder, turned, scaled and without opacity. @param size of the picture before it is turned */
export async function convertPixels(
  { data, width, height, turns = 0 }: RgbaImage,
  { size, signal }: { size: PixelSize; signal?: AbortSignal | undefined },
): Promise<RgbImage> {
  const turn = Array<string>(turns).fill('transpose=2');
  const filters = [`scale=${size.width}:${size.height}`, ...turn, 'format=rgb24'].join(',');
  const raw = ['-f', 'rawvideo', '-pix_fmt'];
  const before = [...raw, 'rgba', '-s', `${width}x${height}`];
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const { stdout } = await ffmpegOnBytes(bytes, { before, after: ['-vf', filters, ...raw, 'rgb24'] }, { signal });
  const turned = turns % 2 === 1 ? { width: size.height, height: size.width } : size;
  if (stdout.length !== turned.width * turned.height * 3) {
    throw new PlayheadError({ code: 'ffmpeg-failed', message: 'The picture could not be converted.' });
  }
  return { ...turned, data: stdout };
}
