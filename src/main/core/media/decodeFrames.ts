import type { MediaKind, Segment } from '../../../contract/index.ts';
import type { RgbImage } from '../ports/rgbImage.ts';
import type { SampledFrames } from './mediaTypes.ts';

export interface SampleOptions {
  segment?: Segment;
  numFrames: number;
  kind: MediaKind;
  /** Scales down to this longest edge, in pixels; left out, frames keep their size (what parity needs). */
  maxEdge?: number;
  signal?: AbortSignal;
}

export async function decodeSampledFrames(_path: string, _options: SampleOptions): Promise<SampledFrames> {
  throw new Error('not yet');
}

export interface FramesAtOptions {
  maxEdge?: number;
  /** Takes the nearest keyframe at or before each time: much faster on long files, off by up to a few seconds. */
  fast?: boolean;
  signal?: AbortSignal;
}

export async function decodeFramesAt(
  _path: string,
  _timesSec: readonly number[],
  _options: FramesAtOptions = {},
): Promise<RgbImage[]> {
  throw new Error('not yet');
}
