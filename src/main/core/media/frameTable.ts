/** The list of a video's frames in time order: what turns a frame index into a place in the file. */
import { ffprobe } from './ffmpeg.ts';
import type { Streams, VideoStream } from './readStreams.ts';
import { rememberPerFile } from './rememberPerFile.ts';

export interface FrameTable {
  /** Timestamps in ticks of the stream's time base, ascending. */
  ticks: Float64Array;
  /** Indices (into `ticks`) of frames where decoding can begin, ascending. */
  keyframes: number[];
  /**
   * `packets`: read from the container without decoding, right for nearly every file. `frames`: what a full decode
   * really gave.
   */
  source: 'packets' | 'frames';
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
  'ffv1',
];

const remember = rememberPerFile<FrameTable>(8);

/**
 * The frames of a file's video stream.
 * @param options.decode decodes the whole file instead of trusting its packets
 * @throws PlayheadError as `ffprobe` does
 */
export async function readFrameTable(
  file: string,
  video: VideoStream,
  options: { signal?: AbortSignal; decode?: boolean; durationSec?: number } = {},
): Promise<FrameTable> {
  const decode = options.decode === true || !ONE_FRAME_PER_PACKET.includes(video.codec);
  const list = decode ? listDecodedFrames : listPackets;
  return remember(file, list.name, () => list(file, video, options), options.signal);
}

async function listPackets(file: string, video: VideoStream, options: { signal?: AbortSignal; durationSec?: number }) {
  const text = await ffprobe(file, [...listArguments(video), '-show_entries', 'packet=pts,flags'], limits(options));
  const packets = parseLines(text, (flags) => flags.startsWith('K'));
  // A decoder drops what an edit list cuts away ("D"); without timestamps only decoding tells the order.
  const shown = packets.filter((packet) => !packet.rest.includes('D'));
  if (shown.some((packet) => Number.isNaN(packet.ticks)) || hasRepeats(shown))
    return listDecodedFrames(file, video, options);
  return toTable(shown, 'packets');
}

async function listDecodedFrames(
  file: string,
  video: VideoStream,
  options: { signal?: AbortSignal; durationSec?: number },
) {
  const entries = ['-show_entries', 'frame=best_effort_timestamp,key_frame'];
  const text = await ffprobe(file, [...listArguments(video), ...entries], limits(options));
  const frames = parseLines(text, (_flags, fields) => fields[0] === '1');
  return toTable(
    frames.filter((frame) => !Number.isNaN(frame.ticks)),
    'frames',
  );
}

function listArguments(video: VideoStream): string[] {
  return ['-select_streams', String(video.streamIndex), '-of', 'compact=p=0:nk=0'];
}

function limits(options: { signal?: AbortSignal; durationSec?: number }) {
  return { timeLimitSec: 300 + 4 * (options.durationSec ?? 0), ...(options.signal ? { signal: options.signal } : {}) };
}

interface Line {
  ticks: number;
  isKeyframe: boolean;
  rest: string;
}

/** Lines such as "pts=1024|flags=K__" or "key_frame=1|best_effort_timestamp=1024|". */
function parseLines(text: string, isKeyframe: (flags: string, fields: string[]) => boolean): Line[] {
  const lines: Line[] = [];
  for (const line of text.split('\n')) {
    const ticks = /(?:^|\|)(?:pts|best_effort_timestamp)=(-?\d+|N\/A)/.exec(line)?.[1];
    if (ticks === undefined) continue;
    const flags = /(?:^|\|)flags=([^|\r]*)/.exec(line)?.[1] ?? '';
    const key = /(?:^|\|)key_frame=(\d)/.exec(line)?.[1] ?? '0';
    lines.push({ ticks: Number(ticks), isKeyframe: isKeyframe(flags, [key]), rest: flags });
  }
  return lines;
}

function hasRepeats(lines: Line[]): boolean {
  return new Set(lines.map((line) => line.ticks)).size !== lines.length;
}

function toTable(lines: Line[], source: FrameTable['source']): FrameTable {
  const ordered = [...lines].sort((a, b) => a.ticks - b.ticks);
  const keyframes: number[] = [];
  for (const [index, line] of ordered.entries()) if (line.isKeyframe) keyframes.push(index);
  return { ticks: Float64Array.from(ordered, (line) => line.ticks), keyframes, source };
}

/** Seconds from the start of the file at which a frame is shown. */
export function frameTimeSec(table: FrameTable, index: number, streams: Streams): number {
  const timeBase = streams.video?.timeBase ?? 0;
  return Math.max(0, (table.ticks[index] ?? 0) * timeBase - streams.startSec);
}

/** The frame that is on the screen at a time: the last one that began at or before it. */
export function frameAtTime(table: FrameTable, timeSec: number, streams: Streams): number {
  const wanted = (timeSec + streams.startSec) / (streams.video?.timeBase ?? 1) + 1e-6;
  let low = 0;
  let high = table.ticks.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((table.ticks[middle] as number) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** True when counting frames at `fps` names the time of every frame, give or take two frames or a tenth of a second. */
export function hasSteadyRate(table: FrameTable, fps: number, streams: Streams): boolean {
  const tolerance = Math.max(0.1, 2 / fps); // seconds
  return table.ticks.every((_tick, index) => Math.abs(frameTimeSec(table, index, streams) - index / fps) <= tolerance);
}
