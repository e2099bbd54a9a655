import type { RgbImage } from '../../ports/rgbImage.ts';
import { describePicture } from '../model/domain/descriptors.ts';
import { type ClipDescriptors, noDescriptors } from '../model/domain/judgeDomain.ts';
import { takePictureApart } from '../model/domain/takeApart.ts';
import type { FloatTensor } from '../model/session.ts';
import { resizeBicubic } from '../preprocess/bicubic.ts';
import { distinctFrames } from './encodeFrames.ts';

/** Pixels of the shorter side, whatever the tower takes: small figures still have an outline, and a look is quick. */
const SHORTER_SIDE = 96;
/** Beyond this, a panorama would be as slow as a film. */
const LONGEST_SIDE = 4 * SHORTER_SIDE;

/**
 * What a bounded world compares of a clip's frames.
 * @param features vision_features (T, P, C) of the same frames
 */
export function describeSight(frames: readonly RgbImage[], features: FloatTensor): ClipDescriptors {
  const { figures, facts } = takePictureApart(distinctFrames(frames).distinct.map(smallPicture));
  return { ...noDescriptors, picture: [describePicture(features)], figures, facts };
}

function smallPicture(frame: RgbImage): RgbImage {
  const scale = SHORTER_SIDE / Math.min(frame.width, frame.height);
  const [width, height] = [frame.width, frame.height].map((side) => Math.min(Math.round(side * scale), LONGEST_SIDE));
  return resizeBicubic(frame, width as number, height as number);
}
