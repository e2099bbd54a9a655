/** Stills for the player's timeline: single pictures, and strips of eight. All of them as they are displayed. */
import { STRIP_HEIGHT, STRIP_STILLS, type Still, type Strip } from '../../contract/index.ts';
import type { RgbImage } from '../ports/rgbImage.ts';
import { decodeFramesAt, requireVideo } from './decodeFrames.ts';
import { encodeJpegs } from './jpegs.ts';
import type { Source } from './openSource.ts';
import { fitInto } from './videoFilters.ts';

/** Milliseconds; whoever asks for the end gets the last picture. */
const BEFORE_END = 1;

/** @returns a JPEG of the picture that is on the screen at that time. @throws PlayheadError `no-video`, `file-damaged` */
export async function decodeStill(source: Source, { atMs, edge }: Still, signal?: AbortSignal): Promise<Uint8Array> {
  const maxEdge = edge === 0 ? undefined : edge;
  const [image] = await decodeFramesAt(source, [atMs / 1000], maxEdge === undefined ? { signal } : { maxEdge, signal });
  const shown = source.kind === 'image' ? image : requireVideo(source);
  const [jpeg] = await encodeJpegs([image as RgbImage], fitInto(shown as RgbImage, maxEdge), { signal });
  return jpeg as Uint8Array;
}

/** @returns a JPEG of {@link STRIP_STILLS} pictures side by side; the last one stands for all behind the end */
export async function decodeStrip(
  source: Source,
  { stepMs, number }: Strip,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const video = requireVideo(source);
  const width = Math.max(2, Math.round((STRIP_HEIGHT * video.width) / Math.max(1, video.height)));
  const lastMs = Math.max(0, source.durationSec * 1000 - BEFORE_END);
  const times = Array.from({ length: STRIP_STILLS }, (_, i) => Math.min(lastMs, (number * STRIP_STILLS + i) * stepMs));
  const seconds = times.map((ms) => ms / 1000);
  const images = await decodeFramesAt(source, seconds, { maxEdge: Math.max(width, STRIP_HEIGHT), signal });
  const joined = sideBySide(images);
  const [jpeg] = await encodeJpegs([joined], { width: width * STRIP_STILLS, height: STRIP_HEIGHT }, { signal });
  return jpeg as Uint8Array;
}

/** @param images all of one size */
function sideBySide(images: readonly RgbImage[]): RgbImage {
  const { width, height } = images[0] as RgbImage;
  const data = new Uint8Array(width * images.length * height * 3);
  for (const [i, image] of images.entries()) {
    for (let y = 0; y < height; y++) {
      const row = image.data.subarray(y * width * 3, (y + 1) * width * 3);
      data.set(row, (y * images.length + i) * width * 3);
    }
  }
  return { width: width * images.length, height, data };
}
