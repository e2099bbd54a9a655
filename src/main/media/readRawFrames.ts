/** Frames out of ffmpeg as they come, without ever holding more of the video than was asked for. */
import type { RgbImage } from '../ports/rgbImage.ts';
import { ffmpeg, passFramesThrough } from './ffmpeg.ts';
import type { MediaInput } from './mediaInput.ts';
import type { RunOptions } from './runFfmpeg.ts';
import type { PixelSize } from './videoFilters.ts';

export interface FramesRequest {
  /** Options of the input, such as a seek. */
  before?: readonly string[];
  streamIndex: number;
  /** Ends with frames of `size` in rgb24. */
  filters: string;
  size: PixelSize;
  /** The decoder stops after so many frames; left out, it goes on to the end. */
  limit?: number;
}

/** @returns at most `limit` frames, in time order; fewer where the video ends before */
export async function readRawFrames(
  input: MediaInput,
  request: FramesRequest,
  options: RunOptions = {},
): Promise<RgbImage[]> {
  const frames: RgbImage[] = [];
  await passRawFrames(input, request, { ...options, onFrame: (frame) => frames.push(frame) });
  return frames;
}

interface FrameListeners {
  onFrame: (frame: RgbImage) => void;
  logLevel?: 'error' | 'warning';
  /** Hears every now and then that some were handed on; the tool waits meanwhile, and ends when this throws. */
  afterFrames?: (() => Promise<void>) | undefined;
}

/** Hands the frames on one by one. With `logLevel: 'warning'`, ffmpeg also tells which frames are damaged. */
export async function passRawFrames(
  input: MediaInput,
  { before = [], streamIndex, filters, size, limit }: FramesRequest,
  { onFrame, logLevel, afterFrames, ...options }: RunOptions & FrameListeners,
): Promise<void> {
  const after = [
    ...['-map', `0:${streamIndex}`, '-an', '-sn', '-dn', '-vf', filters, ...(await passFramesThrough())],
    ...(limit === undefined ? [] : ['-frames:v', String(limit)]),
    ...['-f', 'rawvideo', '-pix_fmt', 'rgb24'],
  ];
  const push = frameSplitter(size, onFrame);
  await ffmpeg(
    input,
    { before, after, ...(logLevel ? { logLevel } : {}) },
    {
      maxOutputBytes: Number.POSITIVE_INFINITY, // what is handed on is not kept
      ...options,
      onOutput: async (chunk) => {
        push(chunk);
        await afterFrames?.();
      },
    },
  );
}

/** Cuts a stream of bytes into frames; a last incomplete one is left out. */
function frameSplitter({ width, height }: PixelSize, onFrame: (frame: RgbImage) => void) {
  const frameBytes = width * height * 3;
  let current = new Uint8Array(0);
  let filled = 0;

  return function push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      if (filled === 0) current = new Uint8Array(frameBytes);
      const part = chunk.subarray(at, at + frameBytes - filled);
      current.set(part, filled);
      at += part.length;
      filled += part.length;
      if (filled < frameBytes) break;
      onFrame({ width, height, data: current });
      filled = 0;
    }
  };
}
