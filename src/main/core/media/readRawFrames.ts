/** Frames out of ffmpeg as they come, without ever holding more of the video than was asked for. */
import type { RgbImage } from '../ports/rgbImage.ts';
import { ffmpeg, passFramesThrough } from './ffmpeg.ts';
import type { RunOptions } from './runFfmpeg.ts';
import type { PixelSize } from './videoFilters.ts';

export interface RawFramesRequest {
  /** Options of the input, such as a seek. */
  before?: readonly string[];
  streamIndex: number;
  /** Ends with frames of `size` in rgb24. */
  filters: string;
  size: PixelSize;
  /** The decoder stops after so many frames. */
  limit: number;
}

/** @returns at most `limit` frames, in time order; fewer where the video ends before */
export async function readRawFrames(
  file: string,
  request: RawFramesRequest,
  options: RunOptions = {},
): Promise<RgbImage[]> {
  const { width, height } = request.size;
  const splitter = splitFrames(width, height, request.limit);
  const after = [
    ...['-map', `0:${request.streamIndex}`, '-an', '-sn', '-dn'],
    ...['-vf', request.filters, ...(await passFramesThrough()), '-frames:v', String(request.limit)],
    ...['-f', 'rawvideo', '-pix_fmt', 'rgb24'],
  ];
  await ffmpeg(file, { before: request.before ?? [], after }, { ...options, onOutput: splitter.push });
  return splitter.frames;
}

/** Cuts a stream of bytes into frames; a last incomplete one is left out. */
function splitFrames(width: number, height: number, limit: number) {
  const frames: RgbImage[] = [];
  const frameBytes = width * height * 3;
  let current = new Uint8Array(0);
  let filled = 0;

  function push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length && frames.length < limit) {
      if (filled === 0) current = new Uint8Array(frameBytes);
      const part = chunk.subarray(at, at + frameBytes - filled);
      current.set(part, filled);
      at += part.length;
      filled += part.length;
      if (filled < frameBytes) break;
      frames.push({ width, height, data: current });
      filled = 0;
    }
  }
  return { push, frames };
}
