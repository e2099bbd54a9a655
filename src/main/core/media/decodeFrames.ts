/** Frames of a video or picture: exactly those that a sampling rule or a list of times names. */
import type { MediaKind, Segment } from '../../../contract/index.ts';
import { PlayheadError } from '../../../contract/index.ts';
import type { RgbImage } from '../ports/rgbImage.ts';
import type { FrameRange } from '../preprocess/sampleFrames.ts';
import { frameRange, sampleFrameIndices } from '../preprocess/sampleFrames.ts';
import { damaged } from './explainFailure.ts';
import type { FrameTable } from './frameTable.ts';
import { frameAtTime, frameTimeSec, hasSteadyRate, readFrameTable } from './frameTable.ts';
import type { SampledFrames } from './mediaTypes.ts';
import { planReads } from './planReads.ts';
import { readRawFrames } from './readRawFrames.ts';
import type { Streams, VideoStream } from './readStreams.ts';
import { readStreams } from './readStreams.ts';
import { fitInto, selectTicks, toRgbFilters } from './videoFilters.ts';

export interface SampleOptions {
  /** Seconds; left out, the whole file. */
  segment?: Segment;
  numFrames: number;
  /** Scales down to this longest edge, in pixels; left out, frames keep their size (what parity needs). */
  maxEdge?: number;
  signal?: AbortSignal;
}

export interface FramesAtOptions {
  maxEdge?: number;
  /** Takes the keyframe at or before each time: much faster on long files, off by up to a few seconds. */
  fast?: boolean;
  signal?: AbortSignal;
}

interface Source {
  file: string;
  streams: Streams;
  video: VideoStream;
  maxEdge: number | undefined;
  signal: AbortSignal | undefined;
}

/**
 * The frames that VideoLLaMA 2 looks at: spread evenly over the segment by the reference's rule, with the pixels
 * that decoding the whole file would give. A picture gives the same frame `numFrames` times, as one object.
 * @returns at most 32 frames
 * @throws PlayheadError `no-video`, `file-damaged`, `file-not-found` and the other failures of reading a file
 */
export async function decodeSampledFrames(
  path: string,
  options: SampleOptions & { kind: MediaKind },
): Promise<SampledFrames> {
  const source = await openVideo(path, options);
  if (options.kind === 'image') return repeatPicture(source, options.numFrames);
  return withFrameTable(source, async (table) => {
    const range = rangeOf(source, table, options.segment);
    const indices = sampleFrameIndices(range, options.numFrames);
    return {
      frames: await decodeIndices(source, table, indices),
      indices,
      timesSec: indices.map((index) => frameTimeSec(table, index, source.streams)),
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
  path: string,
  timesSec: readonly number[],
  options: FramesAtOptions = {},
): Promise<RgbImage[]> {
  const source = await openVideo(path, options);
  if (options.fast) {
    const keyframes = await decodeKeyframes(source, timesSec);
    if (keyframes !== null) return keyframes;
  }
  return withFrameTable(source, (table) => {
    const indices = timesSec.map((time) => frameAtTime(table, time, source.streams));
    return decodeIndices(source, table, indices);
  });
}

async function openVideo(file: string, options: { maxEdge?: number; signal?: AbortSignal }): Promise<Source> {
  const streams = await readStreams(file, options.signal ? { signal: options.signal } : {});
  if (streams.video === null) {
    throw new PlayheadError({
      code: 'no-video',
      message: 'The file holds no picture, only sound.',
      file,
      hint: 'Ask about its sound instead.',
    });
  }
  return { file, streams, video: streams.video, maxEdge: options.maxEdge, signal: options.signal };
}

async function repeatPicture(source: Source, numFrames: number): Promise<SampledFrames> {
  const [picture] = await readFrames(source, { before: [], select: null, limit: 1 });
  if (picture === undefined) throw damaged(source.file, 'The picture is damaged: nothing of it can be read.');
  const count = Math.min(numFrames, sampleFrameIndices({ first: 0, last: 0 }, numFrames).length);
  return { frames: Array(count).fill(picture), indices: Array(count).fill(0), timesSec: Array(count).fill(0) };
}

/**
 * Works with the list of frames that the container tells; where that turns out wrong (a frame does not decode),
 * works again with the list that a full decode gives.
 */
async function withFrameTable<T>(source: Source, work: (table: FrameTable) => Promise<T>): Promise<T> {
  const options = {
    ...(source.signal ? { signal: source.signal } : {}),
    durationSec: source.streams.durationSec ?? 0,
  };
  const table = await readFrameTable(source.file, source.video, options);
  try {
    return await work(requireFrames(source, table));
  } catch (error) {
    const mayHelp = table.source === 'packets' && error instanceof PlayheadError && error.code === 'file-damaged';
    if (!mayHelp) throw error;
    const decoded = await readFrameTable(source.file, source.video, { ...options, decode: true });
    return await work(requireFrames(source, decoded));
  }
}

function requireFrames(source: Source, table: FrameTable): FrameTable {
  if (table.ticks.length > 0) return table;
  throw damaged(source.file, 'The file is damaged: not one of its pictures can be read.');
}

/** One frame per index, in the given order; each is decoded once. */
async function decodeIndices(source: Source, table: FrameTable, indices: readonly number[]): Promise<RgbImage[]> {
  const wanted = [...new Set(indices)].sort((a, b) => a - b);
  const decoded = new Map<number, RgbImage>();
  const framePixels = source.video.frameWidth * source.video.frameHeight;
  for (const { indices: run } of planReads(wanted, table.keyframes, framePixels)) {
    const frames = await decodeRun(source, table, run);
    for (const [i, index] of run.entries()) decoded.set(index, frames[i] as RgbImage);
  }
  return indices.map((index) => decoded.get(index) as RgbImage);
}

/** Seeks before the first frame and picks by timestamp; where a seek lands too late, decodes from the start. */
async function decodeRun(source: Source, table: FrameTable, run: readonly number[]): Promise<RgbImage[]> {
  const select = selectTicks(run.map((index) => table.ticks[index] as number));
  const seekSec = frameTimeSec(table, run[0] as number, source.streams);
  const seeks = seekSec > 0 ? [['-ss', seekSec.toFixed(6), '-noaccurate_seek'], []] : [[]];
  for (const before of seeks) {
    const frames = await readFrames(source, { before: [...before, '-copyts'], select, limit: run.length });
    if (frames.length === run.length) return frames;
  }
  throw damaged(source.file, `The file is damaged: a picture near ${Math.round(seekSec)} s cannot be read.`);
}

/** @returns null where a time lies behind the last keyframe that this way finds */
async function decodeKeyframes(source: Source, timesSec: readonly number[]): Promise<RgbImage[] | null> {
  const frames: RgbImage[] = [];
  for (const time of timesSec) {
    const before = ['-skip_frame', 'nokey', '-ss', Math.max(0, time).toFixed(6), '-noaccurate_seek'];
    const [frame] = await readFrames(source, { before, select: null, limit: 1 });
    if (frame === undefined) return null;
    frames.push(frame);
  }
  return frames;
}

async function readFrames(
  source: Source,
  request: { before: readonly string[]; select: string | null; limit: number },
): Promise<RgbImage[]> {
  const { file, video, streams, signal, maxEdge } = source;
  const size = fitInto({ width: video.frameWidth, height: video.frameHeight }, maxEdge);
  const attempts = toRgbFilters(video, size);
  const options = { timeLimitSec: 120 + 4 * (streams.durationSec ?? 0), ...(signal ? { signal } : {}) };
  for (const [i, toRgb] of attempts.entries()) {
    const filters = request.select === null ? toRgb : `${request.select},${toRgb}`;
    const read = { before: request.before, streamIndex: video.streamIndex, filters, size, limit: request.limit };
    try {
      return await readRawFrames(file, read, options);
    } catch (error) {
      const isToolFailure = error instanceof PlayheadError && error.code === 'ffmpeg-failed';
      if (!isToolFailure || i === attempts.length - 1) throw error;
    }
  }
  return [];
}

/**
 * The reference counts frames at the average rate. Where the rate varies (screen recordings, phones) that names
 * frames outside the segment, so there the timestamps decide.
 */
function rangeOf({ streams, video }: Source, table: FrameTable, segment: Segment | undefined): FrameRange {
  const count = table.ticks.length;
  const fps = video.fps || averageRate(table, streams);
  if (segment === undefined || hasSteadyRate(table, fps, streams)) return frameRange(count, fps, segment);
  const first = frameAtTime(table, segment.startSec, streams);
  return { first, last: Math.max(first, frameAtTime(table, segment.endSec - 1e-3, streams)) };
}

function averageRate(table: FrameTable, streams: Streams): number {
  const lastSec = frameTimeSec(table, table.ticks.length - 1, streams);
  return lastSec > 0 ? (table.ticks.length - 1) / lastSec : 1;
}
