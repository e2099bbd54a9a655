/** Tells drawings from photographs: the detector learned from photographs and sees kites and frisbees in plain shapes. */
import type { RgbImage } from '../../ports/rgbImage.ts';

/** Side of the squares that are judged, in pixels of a picture about 512 pixels wide. */
const blockSide = 8;
/** Brightness (0 to 255) within an even square differs by no more than this. */
const evenRange = 10;
/**
 * Photographs and films were seen with up to 0.89 of even squares (a clock, out of focus), drawn shapes on a plain
 * ground from 0.93. A small thing before a cloudless sky is lost with them.
 */
const drawnShare = 0.92;

/** True when nearly all of the picture is even ground: drawn shapes, a title card, a black frame. */
export function looksDrawn({ width, height, data }: RgbImage): boolean {
  let even = 0;
  let blocks = 0;
  for (let top = 0; top + blockSide <= height; top += blockSide) {
    for (let left = 0; left + blockSide <= width; left += blockSide) {
      blocks++;
      if (brightnessRange(data, width, left, top) <= evenRange) even++;
    }
  }
  return even >= blocks * drawnShare;
}

function brightnessRange(data: Uint8Array, width: number, left: number, top: number): number {
  let low = 255;
  let high = 0;
  for (let y = top; y < top + blockSide; y++) {
    for (let x = left; x < left + blockSide; x++) {
      const i = (y * width + x) * 3;
      const brightness = ((data[i] as number) * 3 + (data[i + 1] as number) * 6 + (data[i + 2] as number)) / 10;
      low = Math.min(low, brightness);
      high = Math.max(high, brightness);
    }
  }
  return high - low;
}
