import { findCuts } from './findCuts.ts';
import type { MediaProbe } from './mediaTypes.ts';
import { readRawFrames } from './readRawFrames.ts';
import { readStreams } from './readStreams.ts';

/** Frames per second that are looked at: cuts are placed to a twelfth of a second. */
const RATE = 12.5;
const SIZE = { width: 48, height: 27 };
/** Seconds; a change that is gone sooner is a flash. */
const FLASH_SEC = 0.25;
/** Above so many pixels in all, decoding every frame takes minutes: keyframes alone must do. */
const FULL_DECODE_PIXELS = 12e9; // about three minutes of 1080p30

/**
 * Hard cuts of a video, by decoding it once at a tiny size. Very long videos are judged by their keyframes, which
 * encoders set at cuts: then a cut may be found late by the distance of two keyframes, or missed within it.
 * @returns seconds at which a new scene begins, ascending, without 0
 * @throws PlayheadError as `probeMedia` does
 */
export async function detectScenes(
  probe: Pick<MediaProbe, 'path' | 'durationSec' | 'fps' | 'width' | 'height'>,
  options: { signal?: AbortSignal } = {},
): Promise<number[]> {
  const { video } = await readStreams(probe.path, options);
  if (video === null) return [];
  const isLong = probe.durationSec * probe.fps * probe.width * probe.height > FULL_DECODE_PIXELS;
  const frames = await readRawFrames(
    probe.path,
    {
      before: isLong ? ['-skip_frame', 'nokey'] : [],
      streamIndex: video.streamIndex,
      filters: `fps=${RATE},scale=${SIZE.width}:${SIZE.height}:flags=area,format=rgb24`,
      size: SIZE,
      limit: Math.ceil((probe.durationSec + 10) * RATE),
    },
    { timeLimitSec: 300 + 4 * probe.durationSec, ...options },
  );
  const pixels = frames.map((frame) => frame.data);
  return findCuts(pixels, Math.round(FLASH_SEC * RATE)).map((index) => index / RATE);
}
