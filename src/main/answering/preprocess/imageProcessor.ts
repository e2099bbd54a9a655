/**
 * Frames to `pixel_values`, as transformers' `CLIPImageProcessor` and `SiglipImageProcessor` make them:
 * resize (Pillow bicubic), centre crop (CLIP), rescale, normalise.
 */
import type { RgbImage } from '../../ports/rgbImage.ts';
import type { VisionPreprocessing } from '../../ports/visionPreprocessing.ts';
import { resizeBicubic } from './bicubic.ts';

/**
 * @param frames any sizes; the same object given twice is processed once and copied
 * @returns (frames.length, 3, size, size), row-major
 */
export function processImages(frames: readonly RgbImage[], settings: VisionPreprocessing): Float32Array {
  const pixels = settings.size * settings.size;
  const frameLength = 3 * pixels;
  const out = new Float32Array(frames.length * frameLength);
  const tables = normalisationTables(settings);
  const done = new Map<RgbImage, number>(); // frame -> where its values stand
  for (const [t, frame] of frames.entries()) {
    const at = t * frameLength;
    const earlier = done.get(frame);
    if (earlier !== undefined) {
      out.copyWithin(at, earlier, earlier + frameLength);
      continue;
    }
    writePlanes(resizeForTower(frame, settings), tables, out, at);
    done.set(frame, at);
  }
  return out;
}

/** The square picture that the tower sees, in bytes: (size, size, 3). */
export function resizeForTower(frame: RgbImage, settings: Pick<VisionPreprocessing, 'resize' | 'size'>): RgbImage {
  const { size } = settings;
  if (settings.resize === 'squash') return resizeBicubic(frame, size, size);

  const { width, height } = frame;
  const long = Math.trunc((size * Math.max(width, height)) / Math.min(width, height));
  const [scaledWidth, scaledHeight] = width <= height ? [size, long] : [long, size];
  return resizeBicubic(frame, scaledWidth, scaledHeight, {
    left: Math.floor((scaledWidth - size) / 2),
    top: Math.floor((scaledHeight - size) / 2),
    width: size,
    height: size,
  });
}

/** What each byte becomes, per channel, in the float32 steps of the original. */
function normalisationTables({ mean, std, rescale }: VisionPreprocessing): Float32Array[] {
  return mean.map((channelMean, channel) => {
    const table = new Float32Array(256);
    for (let byte = 0; byte < 256; byte++) {
      const rescaled = Math.fround(byte * rescale);
      const centred = Math.fround(rescaled - Math.fround(channelMean));
      table[byte] = centred / Math.fround(std[channel] as number);
    }
    return table;
  });
}

function writePlanes(image: RgbImage, tables: Float32Array[], out: Float32Array, at: number): void {
  const pixels = image.width * image.height;
  for (const [channel, table] of tables.entries()) {
    const plane = at + channel * pixels;
    for (let i = 0; i < pixels; i++) out[plane + i] = table[image.data[i * 3 + channel] as number] as number;
  }
}
