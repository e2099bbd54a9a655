import { type FrameTable, readFrameTable, type Stretch } from './frameTable.ts';
import type { Source } from './openSource.ts';
import { passRawFrames } from './readRawFrames.ts';
import type { VideoStream } from './readStreams.ts';
import { createSceneCutter, type TimedFrame } from './sceneCutter.ts';

export interface FoundScenes {
  /** Seconds at which a new scene begins, ascending, without 0. */
  cuts: number[];
  /** Seconds at which a picture is damaged (shown with holes) or missing. */
  damagedAtSec: number[];
}

const SIZE = { width: 48, height: 27 };
/** Above so many pixels in all, decoding every frame takes minutes: keyframes alone must do. */
const FULL_DECODE_PIXELS = 12e9; // about three minutes of 1080p30

/**
 * Hard cuts of a video, by decoding it once at a tiny size; damaged pictures show on the way. Very long videos are
 * judged by their keyframes, which encoders set at cuts: then a cut may be found late by the distance of two
 * keyframes, or missed within it, and damage between them is not seen.
 * @throws PlayheadError as `openMedia` does
 */
export async function detectScenes(
  source: Source,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<FoundScenes> {
  const { video } = source.streams;
  const found: FoundScenes = { cuts: [], damagedAtSec: [] };
  const complaints = new Set<number>();
  if (video === null) return found;
  const table = await readFrameTable(source, options);
  const isLong = source.durationSec * video.fps * video.width * video.height > FULL_DECODE_PIXELS;
  const cutter = createSceneCutter((timeSec) => found.cuts.push(timeSec));
  for (const stretch of table.stretches) {
    const missing = isLong || stretch.source !== 'packets' ? null : createRollCall(table, stretch);
    await passTimedFrames(
      source,
      { video, stretch, keyframesOnly: isLong && stretch.source !== 'order' },
      {
        ...options,
        onFrame(frame) {
          cutter.push(frame);
          missing?.answer(frame.timeSec);
        },
        onDamage: (timeSec) => found.damagedAtSec.push(timeSec),
        onComplaint: (timeSec) => complaints.add(timeSec),
      },
    );
    found.damagedAtSec.push(...(missing?.absent() ?? []));
  }
  cutter.end();
  const damaged = found.damagedAtSec.length > 0 ? found.damagedAtSec : [...complaints];
  return { cuts: found.cuts.filter((sec) => sec > 0), damagedAtSec: damaged.sort((a, b) => a - b) };
}

interface TimedFrames {
  video: VideoStream;
  stretch: Stretch;
  keyframesOnly: boolean;
}

interface Listeners {
  signal?: AbortSignal | undefined;
  onFrame(frame: TimedFrame): void;
  /** The frame was handed out with the mark of damage. */
  onDamage(timeSec: number): void;
  /**
   * The H.264 decoder complained at about this time. With several threads it may hand a frame out before it knows that
   * it is damaged, so that the mark is missing.
   */
  onComplaint(timeSec: number): void;
}

/** ffmpeg tells each frame's timestamp on its messages while it writes the pixels to its output. */
async function passTimedFrames(
  source: Source,
  { video: chosen, stretch, keyframesOnly }: TimedFrames,
  { signal, onFrame, onDamage, onComplaint }: Listeners,
): Promise<void> {
  const { part } = stretch;
  const video = part.streams.video ?? chosen;
  const isOrdered = stretch.source === 'order';
  const toSec = (mark: number) =>
    part.atSec + (isOrdered ? mark / (video.fps || 1) : mark * video.timeBase - part.originSec);
  const times: number[] = [];
  const frames: Uint8Array[] = [];
  let lastSec = part.atSec;
  function pair(): void {
    while (times.length > 0 && frames.length > 0) {
      onFrame({ timeSec: times.shift() as number, data: frames.shift() as Uint8Array });
    }
  }
  const before = ['-copyts', ...(keyframesOnly ? ['-skip_frame', 'nokey'] : [])];
  const filters = `select='gt(print(${isOrdered ? 'n' : 'pts'},16),-9e18)',scale=${SIZE.width}:${SIZE.height}:flags=area,format=rgb24`;
  await passRawFrames(
    part.input,
    { before, streamIndex: video.streamIndex, filters, size: SIZE },
    {
      timeLimitSec: 300 + 4 * source.durationSec,
      signal,
      logLevel: 'warning',
      onFrame({ data }) {
        frames.push(data);
        pair();
      },
      onMessage(line) {
        if (/^-?\d+\.\d+$/.test(line)) {
          lastSec = toSec(Number(line));
          times.push(lastSec);
          pair();
        } else if (line.includes('corrupt decoded frame')) onDamage(lastSec);
        else if (line.includes('error while decoding MB')) onComplaint(lastSec);
      },
    },
  );
}

/** Which of the listed frames never came. Those before the first one that came had nothing to be decoded from. */
function createRollCall({ timesSec }: FrameTable, { first, end }: Stretch) {
  const absent: number[] = [];
  let next = -1;
  return {
    answer(timeSec: number): void {
      const isNext = (index: number) => (timesSec[index] as number) >= timeSec - 1e-4;
      if (next < 0) for (next = first; next < end && !isNext(next); ) next++;
      for (; next < end && !isNext(next); next++) absent.push(timesSec[next] as number);
      next++;
    },
    /** Seconds. Where half of them are absent, it is the list that is wrong. */
    absent: () => (absent.length * 2 > end - first ? [] : absent),
  };
}
