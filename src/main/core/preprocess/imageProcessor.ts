import type { RgbImage } from '../ports/rgbImage.ts';
import type { VisionPreprocessing } from '../ports/visionPreprocessing.ts';

/** @returns pixel_values, frames.length * 3 * size * size */
export function processImages(_frames: readonly RgbImage[], _settings: VisionPreprocessing): Float32Array {
  throw new Error('not yet');
}
