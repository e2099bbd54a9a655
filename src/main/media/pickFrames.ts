/** Takes single frames out of a file: after a jump to the key frame before them, each picked by its timestamp. */
import { PlayheadError } from '../../contract/index.ts';
import { damaged } from './explainFailure.ts';
import type { FrameTable, PartFrames } from './frameTable.ts';
import type { MediaInput } from './mediaInput.ts';
import { planReads } from './planReads.ts';
import type { VideoStream } from './readStreams.ts';
import { type PixelSize, selectNumbers, selectTicks, toRgbFilters } from './videoFilters.ts';

/** How the frames come out: as pixels, as JPEGs. */
export interface Reader<T> {
  video: VideoStream;
  /** What each frame is scaled to. */
  size: PixelSize;
  read(request: ReadRequest): Promise<T[]>;
}

export interface ReadRequest {
  input: MediaInput;
  before: readonly string[];
  streamIndex: number;
  filters: string;
  limit: number;
}

/**
 * @param indices into the table, in any order
 * @returns one frame per index; each is decoded once
 * @throws PlayheadError `file-damaged` when one of them is missing
 */
export async function pickFrames<T>(table: FrameTable, indices: readonly number[], reader: Reader<T>): Promise<T[]> {
  const wanted = [...new Set(indices)].sort((a, b) => a - b);
  const picked = new Map<number, T>();
  const framePixels = reader.video.frameWidth * reader.video.frameHeight;
  for (const stretch of table.stretches) {
    const inside = wanted.filter((index) => index >= stretch.first && index < stretch.end);
    for (const { indices: run } of planReads(inside, table.keyframes, framePixels)) {
      const frames = await readRun(table, stretch, run, reader);
      for (const [i, index] of run.entries()) picked.set(index, frames[i] as T);
    }
  }
  return indices.map((index) => picked.get(index) as T);
}

/** Seeks before the first frame; where a seek lands too late, decodes from the start. */
async function readRun<T>(
  table: FrameTable,
  stretch: PartFrames,
  run: readonly number[],
  reader: Reader<T>,
): Promise<T[]> {
  const { part, source } = stretch;
  const marks = run.map((index) => table.marks[index] as number);
  const select = source === 'order' ? selectNumbers(marks) : selectTicks(marks);
  const video = part.streams.video ?? reader.video;
  const seekSec = source === 'order' ? 0 : (marks[0] as number) * video.timeBase - part.streams.seekOriginSec;
  const seeks = seekSec > 0 ? [['-ss', seekSec.toFixed(6), '-noaccurate_seek'], []] : [[]];
  for (const before of seeks) {
    const request = { input: part.input, before: [...before, '-copyts'], streamIndex: video.streamIndex };
    const frames = await readConverted(reader, { ...request, limit: run.length }, select);
    if (frames.length === run.length) return frames;
  }
  const nearSec = Math.round(table.timesSec[run[0] as number] as number);
  throw damaged(part.input.file, `The file is damaged: a picture near ${nearSec} s cannot be read.`);
}

/** Tries the filters of {@link toRgbFilters} until one works. */
async function readConverted<T>(
  reader: Reader<T>,
  request: Omit<ReadRequest, 'filters'>,
  select: string,
): Promise<T[]> {
  const attempts = toRgbFilters(reader.video, reader.size);
  for (const [i, toRgb] of attempts.entries()) {
    try {
      return await reader.read({ ...request, filters: `${select},${toRgb}` });
    } catch (error) {
      const isToolFailure = error instanceof PlayheadError && error.code === 'ffmpeg-failed';
      if (!isToolFailure || i === attempts.length - 1) throw error;
    }
  }
  return [];
}
