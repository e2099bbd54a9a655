/** The frames of a stretch in a tiny size, each with its time and with what the decoder says of it. */
import type { PartFrames } from './frameTable.ts';
import type { Source } from './openSource.ts';
import { passRawFrames } from './readRawFrames.ts';
import type { VideoStream } from './readStreams.ts';
import type { TimedFrame } from './sceneCutter.ts';
import type { Lead } from './sceneLead.ts';

/** Seconds that a second seek goes back, where the first one led behind its place (transport streams). */
const EARLIER_SEC = 30;
const SIZE = { width: 48, height: 27 };

/** Seeks to the frames that lead into what is new; where a seek lands too late, decodes from the start. */
export async function passFramesFrom(source: Source, wanted: TimedFrames, listeners: FrameListeners): Promise<void> {
  const { lead } = wanted;
  const earlier = lead && lead.seekSec > EARLIER_SEC ? { ...lead, seekSec: lead.seekSec - EARLIER_SEC } : null;
  for (const begin of lead === null ? [] : [lead, earlier]) {
    if (begin !== null && (await passTimedFrames(source, { ...wanted, lead: begin }, listeners))) return;
  }
  await passTimedFrames(source, { ...wanted, lead: null }, listeners);
}

interface TimedFrames {
  video: VideoStream;
  stretch: PartFrames;
  keyframesOnly: boolean;
  /** Where decoding begins; null for the beginning of the stretch. */
  lead: Lead | null;
}

export interface FrameListeners {
  signal?: AbortSignal | undefined;
  onFrame(frame: TimedFrame): void;
  /** The frame was handed out with the mark of damage. */
  onDamage(timeSec: number): void;
  /**
   * The H.264 decoder complained at about this time. With several threads it may hand a frame out before it knows that
   * it is damaged, so that the mark is missing.
   */
  onComplaint(timeSec: number): void;
  afterFrames(): Promise<void>;
}

/**
 * ffmpeg tells each frame's timestamp on its messages while it writes the pixels to its output.
 * @returns false when the seek landed late: nothing was handed on
 */
async function passTimedFrames(
  source: Source,
  { video: chosen, stretch, keyframesOnly, lead }: TimedFrames,
  { signal, onFrame, onDamage, onComplaint, afterFrames }: FrameListeners,
): Promise<boolean> {
  const { part } = stretch;
  const video = part.streams.video ?? chosen;
  const isOrdered = stretch.source === 'order';
  const toSec = (mark: number) =>
    part.atSec + (isOrdered ? mark / (video.fps || 1) : mark * video.timeBase - part.originSec);
  const times: number[] = [];
  const frames: Uint8Array[] = [];
  let lastSec = part.atSec;
  let landed: 'unknown' | 'well' | 'late' = lead === null ? 'well' : 'unknown';
  function pair(): void {
    while (times.length > 0 && frames.length > 0) {
      if (landed === 'unknown') landed = (times[0] as number) > (lead?.latestSec ?? 0) ? 'late' : 'well';
      if (landed === 'late') return;
      onFrame({ timeSec: times.shift() as number, data: frames.shift() as Uint8Array });
    }
  }
  const seek = lead === null ? [] : ['-ss', lead.seekSec.toFixed(6), '-noaccurate_seek'];
  const before = [...seek, '-copyts', ...(keyframesOnly ? ['-skip_frame', 'nokey'] : [])];
  const filters = `select='gt(print(${isOrdered ? 'n' : 'pts'},16),-9e18)',scale=${SIZE.width}:${SIZE.height}:flags=area,format=rgb24`;
  const reading = passRawFrames(
    part.input,
    { before, streamIndex: video.streamIndex, filters, size: SIZE },
    {
      timeLimitSec: 300 + 4 * source.durationSec,
      signal,
      logLevel: 'warning',
      afterFrames: () => (landed === 'late' ? Promise.reject(new LandedLate()) : afterFrames()),
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
  await reading.catch((thrown: unknown) => {
    if (!(thrown instanceof LandedLate)) throw thrown;
  });
  return landed === 'well';
}

/** Ends the tool. */
class LandedLate extends Error {}
