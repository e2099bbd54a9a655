/** Frames of a video or picture: exactly those that a sampling rule or a list of times names. */
import type { Segment } from '../../contract/index.ts';
import { PlayheadError } from '../../contract/index.ts';
import type { FrameRange } from '../answering/preprocess/sampleFrames.ts';
import { frameRange, sampleFrameIndices } from '../answering/preprocess/sampleFrames.ts';
import type { RgbImage } from '../ports/rgbImage.ts';
import { damaged, unknownCodec } from './explainFailure.ts';
import { type FrameTable, frameAtTime, hasSteadyRate, readFrameTable } from './frameTable.ts';
import type { SampledFrames } from './mediaTypes.ts';
import type { Source } from './openSource.ts';
import { pickFrames, type Reader } from './pickFrames.ts';
import { readPicture } from './pictures/openPicture.ts';
import { readRawFrames } from './readRawFrames.ts';
import type { VideoStream } from './readStreams.ts';
import { fitInto } from './videoFilters.ts';

export interface SampleOptions {
  /** Seconds; left out, the whole file. */
  segment?: Segment;
  numFrames: number;
  /** Scales down to this longest edge, in pixels; left out, frames keep their size (what parity needs). */
  maxEdge?: number;
  signal?: AbortSignal | undefined;
}

export interface FramesAtOptions {
  maxEdge?: number;
  signal?: AbortSignal | undefined;
}

/**
 * The frames that VideoLLaMA 2 looks at: spread evenly over the segment by the reference's rule, with the pixels
 * that decoding the whole file would give. A picture gives the same frame `numFrames` times, as one object.
 * @returns at most 32 frames
 * @throws PlayheadError `no-video`, `file-damaged` and the other failures of reading a file
 */
export async function decodeSampledFrames(source: Source, options: SampleOptions): Promise<SampledFrames> {
  if (source.kind === 'image') return repeatPicture(source, options);
  const video = requireVideo(source);
  return withFrameTable(source, options.signal, async (table) => {
    const indices = sampleFrameIndices(rangeOf(video, table, options.segment), options.numFrames);
    return {
      frames: await pickFrames(table, indices, rgbReader(source, video, options)),
      indices,
      timesSec: indices.map((index) => table.timesSec[index] as number),
    };
  });
}

/**
 * The frame that is on the screen at each time.
 * @param timesSec seconds from the start, in any order; a time behind the end gives the last frame
 * @returns one frame per time, in the order of `timesSec`; equal frames may be one object
 * @throws as {@link decodeSampledFrames}
 */
export async function decodeFramesAt(
  source: Source,
  timesSec: readonly number[],
  options: FramesAtOptions = {},
): Promise<RgbImage[]> {
  if (source.kind === 'image') return Array(timesSec.length).fill(await readPicture(source, options));
  const video = requireVideo(source);
  return withFrameTable(source, options.signal, (table) => {
    const indices = timesSec.map((time) => frameAtTime(table, time));
    return pickFrames(table, indices, rgbReader(source, video, options));
  });
}

export function requireVideo({ path, streams }: Source): VideoStream {
  const { video } = streams;
  if (video === null) {
    throw new PlayheadError({
      code: 'no-video',
      message: 'The file holds no film, only sound.',
      file: path,
      hint: 'Ask about its sound instead.',
    });
  }
  if (video.codec.startsWith('unknown')) throw unknownCodec(path, video.codec);
  return video;
}

/** Frames as pixels. */
function rgbReader({ durationSec }: Source, video: VideoStream, options: FramesAtOptions): Reader<RgbImage> {
  const size = fitInto({ width: video.frameWidth, height: video.frameHeight }, options.maxEdge);
  const limits = { timeLimitSec: 120 + 4 * durationSec, signal: options.signal };
  return {
    video,
    size,
    read: ({ input, ...request }) => readRawFrames(input, { ...request, size }, limits),
  };
}

async function repeatPicture(source: Source, options: SampleOptions): Promise<SampledFrames> {
  const picture = await readPicture(source, options);
  const count = sampleFrameIndices({ first: 0, last: 0 }, options.numFrames).length;
  return { frames: Array(count).fill(picture), indices: Array(count).fill(0), timesSec: Array(count).fill(0) };
}

/**
 * Works with the list of frames that the container tells; where that turns out wrong (a frame does not decode),
 * works again with the list that a full decode gives.
 */
export async function withFrameTable<T>(
  source: Source,
  signal: AbortSignal | undefined,
  work: (table: FrameTable) => Promise<T>,
): Promise<T> {
  const table = await readFrameTable(source, { signal });
  try {
    return await work(requireFrames(source, table));
  } catch (error) {
    const wasListed = table.stretches.some((stretch) => stretch.source === 'packets');
    const mayHelp = wasListed && error instanceof PlayheadError && error.code === 'file-damaged';
    if (!mayHelp) throw error;
    return await work(requireFrames(source, await readFrameTable(source, { signal, decode: true })));
  }
}

function requireFrames(source: Source, table: FrameTable): FrameTable {
  if (table.timesSec.length > 0) return table;
  throw damaged(source.path, 'The file is damaged: not one of its pictures can be read.');
}

/**
 * The reference counts frames at the average rate. Where the rate varies (screen recordings, phones) that names
 * frames outside the segment, so there the timestamps decide.
 */
function rangeOf(video: VideoStream, table: FrameTable, segment: Segment | undefined): FrameRange {
  const count = table.timesSec.length;
  const fps = video.fps || averageRate(table);
  if (segment === undefined || hasSteadyRate(table, fps)) return frameRange(count, fps, segment);
  const first = frameAtTime(table, segment.startSec);
  return { first, last: Math.max(first, frameAtTime(table, segment.endSec - 1e-3)) };
}

function averageRate({ timesSec }: FrameTable): number {
  const lastSec = timesSec.at(-1) ?? 0;
  return lastSec > 0 ? (timesSec.length - 1) / lastSec : 1;
}
