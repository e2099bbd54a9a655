/** The list of a video's frames in time order: what turns a frame index into a place in the file. */
import { ffprobeLines } from './ffmpeg.ts';
import type { Source } from './openSource.ts';
import type { Part } from './parts.ts';
import { type Packets, probeFile } from './probeFile.ts';
import type { VideoStream } from './readStreams.ts';
import { recentPackets } from './recentPackets.ts';
import { rememberPerFile } from './rememberPerFile.ts';

export interface FrameTable {
  /** When each frame is shown, seconds on the file's clock, ascending. */
  timesSec: Float64Array;
  /** What the decoder knows each by: a timestamp in ticks of the part's time base, or its number where it has none. */
  marks: Float64Array;
  /** Indices of frames where decoding can begin, ascending. */
  keyframes: number[];
  /** One per part of the source, in order. */
  stretches: PartFrames[];
}

/** The frames of one part: indices from `first` up to, not including, `end`. */
export interface PartFrames {
  part: Part;
  first: number;
  end: number;
  /**
   * `packets`: read from the container without decoding, right for nearly every file. `frames`: what a full decode
   * really gave. `order`: frames without timestamps, or with equal ones, are counted from the beginning.
   */
  source: 'packets' | 'frames' | 'order';
}

/** Codecs with exactly one shown frame per packet. (VP8 hides some frames; others may hold two fields or more.) */
const ONE_FRAME_PER_PACKET = [
  'h264',
  'hevc',
  'av1',
  'vp9',
  'mpeg4',
  'mpeg2video',
  'mjpeg',
  'prores',
  'dnxhd',
  'gif',
  'apng',
  'ffv1',
];

/** Share of the frames that must have times; the few without, at a broken beginning, are left out. */
const MOSTLY = 0.95;

export interface TableOptions {
  signal?: AbortSignal | undefined;
  /** Decodes the whole file instead of trusting its packets. */
  decode?: boolean;
}

const remember = rememberPerFile<FrameTable>(8);

/**
 * The frames of a file's video.
 * @throws PlayheadError as `ffprobeLines` does
 */
export async function readFrameTable(source: Source, options: TableOptions = {}): Promise<FrameTable> {
  const variant = options.decode ? 'decoded' : 'listed';
  return remember(source.path, variant, () => readTable(source, options), options.signal);
}

async function readTable(source: Source, options: TableOptions): Promise<FrameTable> {
  const lists: Listed[] = [];
  for (const part of source.parts) lists.push(await listFrames(part, source, options));
  const count = lists.reduce((sum, list) => sum + list.marks.length, 0);
  const table: FrameTable = {
    timesSec: new Float64Array(count),
    marks: new Float64Array(count),
    keyframes: [],
    stretches: [],
  };
  let first = 0;
  for (const [i, list] of lists.entries()) {
    const part = source.parts[i] as Part;
    table.marks.set(list.marks, first);
    for (const [k, sec] of list.timesSec.entries()) table.timesSec[first + k] = Math.max(0, part.atSec + sec);
    for (const keyframe of list.keyframes) table.keyframes.push(first + keyframe);
    table.stretches.push({ part, first, end: first + list.marks.length, source: list.source });
    first += list.marks.length;
  }
  return table;
}

/** The frames of one part, with times from its beginning. */
interface Listed {
  timesSec: number[];
  marks: number[];
  keyframes: number[];
  source: PartFrames['source'];
}

interface Frame {
  ticks: number;
  isKeyframe: boolean;
}

async function listFrames(part: Part, { sizeBytes, durationSec }: Source, options: TableOptions): Promise<Listed> {
  const { video } = part.streams;
  if (video === null) return { timesSec: [], marks: [], keyframes: [], source: 'packets' };
  if (!options.decode && ONE_FRAME_PER_PACKET.includes(video.codec)) {
    const read = { withPackets: true, sizeBytes, signal: options.signal };
    const packets = recentPackets(part) ?? (await probeFile(part.input, read)).packets;
    const frames = fromPackets(packets?.get(video.streamIndex));
    if (hasOwnTimes(frames)) return toList(frames, part, 'packets');
  }
  const frames = await listDecodedFrames(part, video, { durationSec, ...options });
  const timed = frames.filter((frame) => !Number.isNaN(frame.ticks));
  const isTimed = hasOwnTimes(timed) && timed.length >= frames.length * MOSTLY;
  return isTimed ? toList(timed, part, 'frames') : toOrder(frames, part, video);
}

/** A decoder drops what an edit list cuts away ("D"). */
function fromPackets(packets: Packets | undefined): Frame[] {
  if (packets === undefined) return [];
  const frames = packets.pts.map((ticks, i) => ({ ticks, isKeyframe: packets.flags[i]?.startsWith('K') === true }));
  return frames.filter((_frame, i) => !packets.flags[i]?.includes('D'));
}

async function listDecodedFrames(
  part: Part,
  video: VideoStream,
  { signal, durationSec }: { signal?: AbortSignal | undefined; durationSec: number },
): Promise<Frame[]> {
  const frames: Frame[] = [];
  const entries = ['-show_entries', 'frame=best_effort_timestamp,key_frame'];
  const args = ['-select_streams', String(video.streamIndex), '-of', 'compact=p=0:nk=0', ...entries];
  await ffprobeLines(
    part.input,
    args,
    (line) => {
      const ticks = /(?:^|\|)best_effort_timestamp=(-?\d+|N\/A)/.exec(line)?.[1];
      if (ticks !== undefined) frames.push({ ticks: Number(ticks), isKeyframe: /(?:^|\|)key_frame=1/.test(line) });
    },
    { timeLimitSec: 300 + 4 * durationSec, signal },
  );
  return frames;
}

/** Without a time of its own each, frames cannot be told apart by time. */
function hasOwnTimes(frames: Frame[]): boolean {
  const times = new Set(frames.map((frame) => frame.ticks));
  return times.size === frames.length && !times.has(Number.NaN);
}

function toList(frames: Frame[], part: Part, source: 'packets' | 'frames'): Listed {
  const ordered = [...frames].sort((a, b) => a.ticks - b.ticks);
  const timeBase = part.streams.video?.timeBase ?? 1;
  return {
    timesSec: ordered.map((frame) => frame.ticks * timeBase - part.originSec),
    marks: ordered.map((frame) => frame.ticks),
    keyframes: ordered.flatMap((frame, index) => (frame.isKeyframe ? [index] : [])),
    source,
  };
}

/** Decoding can begin at the beginning only: the frames are counted from there. */
function toOrder(frames: Frame[], part: Part, video: VideoStream): Listed {
  const oneSec = video.fps > 0 ? 1 / video.fps : part.lengthSec / Math.max(1, frames.length);
  return {
    timesSec: frames.map((_frame, index) => index * oneSec),
    marks: frames.map((_frame, index) => index),
    keyframes: frames.length > 0 ? [0] : [],
    source: 'order',
  };
}

/** The frame that is on the screen at a time: the last one that began at or before it. */
export function frameAtTime({ timesSec }: FrameTable, timeSec: number): number {
  let low = 0;
  let high = timesSec.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((timesSec[middle] as number) <= timeSec + 1e-6) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** True when counting frames at `fps` names the time of every frame, give or take two frames or a tenth of a second. */
export function hasSteadyRate({ timesSec }: FrameTable, fps: number): boolean {
  const tolerance = Math.max(0.1, 2 / fps); // seconds
  return timesSec.every((sec, index) => Math.abs(sec - index / fps) <= tolerance);
}
