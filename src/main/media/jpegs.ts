/** JPEGs out of ffmpeg: many from one run. */
import type { RgbImage } from '../ports/rgbImage.ts';
import { ffmpeg, ffmpegOnBytes, passFramesThrough } from './ffmpeg.ts';
import type { ReadRequest } from './pickFrames.ts';
import type { RunOptions } from './runFfmpeg.ts';
import type { PixelSize } from './videoFilters.ts';

const TO_JPEG = 'setsar=1,format=yuvj444p';
const ENCODER = ['-c:v', 'mjpeg', '-q:v', '3', '-f', 'image2pipe'];

/** Frames of a video as JPEGs, in time order. */
export async function readJpegs(request: ReadRequest, options: RunOptions): Promise<Uint8Array[]> {
  const { input, before, streamIndex, filters, limit } = request;
  const track = ['-map', `0:${streamIndex}`, '-an', '-sn', '-dn'];
  const frames = ['-vf', `${filters},${TO_JPEG}`, ...(await passFramesThrough()), '-frames:v', String(limit)];
  const { stdout } = await ffmpeg(input, { before, after: [...track, ...frames, ...ENCODER] }, options);
  return splitJpegs(stdout);
}

/** @param images all of one size; @param size of the JPEGs */
export async function encodeJpegs(
  images: readonly [RgbImage, ...RgbImage[]],
  size: PixelSize,
  options: RunOptions,
): Promise<Uint8Array[]> {
  const [{ width, height }] = images;
  const before = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`];
  const filters = `scale=${size.width}:${size.height}:flags=lanczos,${TO_JPEG}`;
  const pixels = Buffer.concat(images.map((image) => image.data));
  const { stdout } = await ffmpegOnBytes(pixels, { before, after: ['-vf', filters, ...ENCODER] }, options);
  return splitJpegs(stdout);
}

/** At each end of image that another start follows: within a picture's own data, no such bytes stand. */
function splitJpegs(bytes: Uint8Array): Uint8Array[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const pictures: Uint8Array[] = [];
  for (let start = 0; start < all.length; ) {
    const next = all.indexOf(BORDER, start);
    const end = next < 0 ? all.length : next + 2;
    pictures.push(bytes.subarray(start, end));
    start = end;
  }
  return pictures;
}

const BORDER = Buffer.from([0xff, 0xd9, 0xff, 0xd8]);
