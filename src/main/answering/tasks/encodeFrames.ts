import type { RgbImage } from '../../ports/rgbImage.ts';
import type { Stopwatch } from '../../ports/stopwatch.ts';
import type { FloatTensor } from '../model/session.ts';
import { processImages } from '../preprocess/imageProcessor.ts';
import type { VideoLlama } from './loadVideoLlama.ts';

export interface EncodedFrames {
  /** vision_features (T, P, C) */
  features: FloatTensor;
  /** video_tokens (L, D) */
  tokens: FloatTensor;
}

/**
 * Frames to video tokens.
 * @param frames T of any sizes
 */
export async function encodeFrames(
  model: Pick<VideoLlama, 'manifest' | 'visionTower' | 'connector'>,
  frames: readonly RgbImage[],
  clock: Stopwatch,
  signal?: AbortSignal,
): Promise<EncodedFrames> {
  const features = await seeFrames(model, frames, clock, signal);
  return { features, tokens: await clock.time('connector', () => model.connector.connect(features)) };
}

/** As `processImages` takes them, and which of the distinct frames each is. */
export function preparedFrames(
  { manifest }: Pick<VideoLlama, 'manifest'>,
  frames: readonly RgbImage[],
  clock: Stopwatch,
): Promise<{ pixelValues: Float32Array; indices: number[] }> {
  const { distinct, indices } = distinctFrames(frames);
  return clock.time('preprocess frames', () => ({
    pixelValues: processImages(distinct, manifest.preprocessing.vision), // (T', 3, S, S)
    indices,
  }));
}

/**
 * Frames to what the vision tower makes of them. Equal frames (a still video, a repeated image) go through it once.
 * @returns vision_features (T, P, C)
 */
export async function seeFrames(
  model: Pick<VideoLlama, 'manifest' | 'visionTower'>,
  frames: readonly RgbImage[],
  clock: Stopwatch,
  signal?: AbortSignal,
): Promise<FloatTensor> {
  const { pixelValues, indices } = await preparedFrames(model, frames, clock);
  const features = await clock.time('vision tower', () => model.visionTower.encode(pixelValues, signal)); // (T', P, C)
  return takeFrames(features, indices);
}

/** The frames without repetitions, and for each frame the index of its equal among them. */
export function distinctFrames(frames: readonly RgbImage[]): { distinct: RgbImage[]; indices: number[] } {
  const distinct: RgbImage[] = [];
  const indices = frames.map((frame) => {
    const known = distinct.findIndex((other) => isSamePicture(frame, other));
    return known >= 0 ? known : distinct.push(frame) - 1;
  });
  return { distinct, indices };
}

function isSamePicture(a: RgbImage, b: RgbImage): boolean {
  return a === b || (a.width === b.width && a.height === b.height && Buffer.compare(a.data, b.data) === 0);
}

/** (T', P, C) to (T, P, C): frame `indices[t]` at t. */
function takeFrames({ data, dims }: FloatTensor, indices: readonly number[]): FloatTensor {
  const [, patches, width] = dims as [number, number, number];
  const frameLength = patches * width;
  const taken = new Float32Array(indices.length * frameLength);
  for (const [t, index] of indices.entries()) {
    taken.set(data.subarray(index * frameLength, (index + 1) * frameLength), t * frameLength);
  }
  return { data: taken, dims: [indices.length, patches, width] };
}
