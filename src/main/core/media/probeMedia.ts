import type { MediaKind } from '../../../contract/index.ts';
import { checkFile } from './checkFile.ts';
import { damaged, explainFailures, notMedia, truncationInWords, unreadablePicture } from './explainFailure.ts';
import { ffprobe } from './ffmpeg.ts';
import { findTruncation } from './findTruncation.ts';
import type { FrameTable } from './frameTable.ts';
import { frameTimeSec, readFrameTable } from './frameTable.ts';
import type { MediaProbe } from './mediaTypes.ts';
import type { Streams } from './readStreams.ts';
import { readStreams } from './readStreams.ts';
import type { Container } from './sniffContainer.ts';
import { isStillPicture, readFileHead, sniffContainer } from './sniffContainer.ts';

/**
 * What a file is: its kind, size, length and tracks. A video that is cut off but can be read in part is accepted,
 * with a notice and the length of that part.
 * @param path absolute
 * @throws PlayheadError `file-not-found`, `file-unreadable`, `file-empty`, `file-not-media`, `file-damaged`,
 *   `ffmpeg-missing`, `time-limit`, `cancelled`
 */
export async function probeMedia(path: string, options: { signal?: AbortSignal } = {}): Promise<MediaProbe> {
  const { sizeBytes, modifiedMs } = await checkFile(path);
  return explainFailures(path, async () => {
    const container = sniffContainer(await readFileHead(path));
    const streams = await readStreams(path, options);
    const timeline = await measure(path, streams, container, sizeBytes, options);
    const { video, audio } = streams;
    return {
      path,
      kind: timeline.kind,
      durationSec: timeline.durationSec,
      width: video?.width ?? 0,
      height: video?.height ?? 0,
      fps: timeline.kind === 'video' ? timeline.fps : 0,
      frameCount: timeline.frameCount,
      hasAudio: audio !== null,
      videoCodec: video?.codec ?? null,
      audioCodec: audio?.codec ?? null,
      subtitles: streams.subtitles,
      sizeBytes,
      modifiedMs,
      notices: timeline.notices,
    };
  });
}

/** Image, video or sound, by the streams and the first bytes. An animation of one frame is an image. */
export async function kindOf(path: string, streams: Streams, container: Container | null): Promise<MediaKind> {
  if (streams.video === null) {
    if (streams.audio === null) throw notMedia(path, 'no video or sound track');
    return 'audio';
  }
  if (isStillPicture(container)) return 'image';
  if (container !== 'gif') return 'video';
  return (await readFrameTable(path, streams.video)).ticks.length === 1 ? 'image' : 'video';
}

interface Timeline {
  kind: MediaKind;
  durationSec: number;
  fps: number;
  frameCount: number | null;
  notices: string[];
}

async function measure(
  path: string,
  streams: Streams,
  container: Container | null,
  sizeBytes: number,
  options: { signal?: AbortSignal },
): Promise<Timeline> {
  const kind = await kindOf(path, streams, container);
  if (kind === 'image') {
    if (streams.videoStreams > 1) throw unreadablePicture(path, 'a picture of several tiles');
    return { kind, durationSec: 0, fps: 0, frameCount: 1, notices: [] };
  }
  const truncation = await findTruncation(path, sizeBytes, container);
  const notices = truncation
    ? [`${truncationInWords(sizeBytes, truncation.expectedBytes)} Only its beginning can be used.`]
    : [];
  const declared = streams.durationSec;

  if (kind === 'audio') {
    const isDeclared = truncation === null && declared !== null;
    const durationSec = isDeclared ? declared : await readableSoundLength(path, streams, options);
    return { kind, durationSec, fps: 0, frameCount: null, notices };
  }

  const { fps, declaredFrames } = streams.video ?? { fps: 0, declaredFrames: null };
  if (truncation === null && declared !== null && fps > 0) {
    return { kind, durationSec: declared, fps, frameCount: declaredFrames, notices };
  }
  const table = await frames(path, streams, options);
  const readable = lengthOfFrames(table, streams);
  const isShort = truncation !== null || declared === null;
  return {
    kind,
    durationSec: isShort ? Math.min(readable, declared ?? readable) : declared,
    fps: fps || table.ticks.length / readable,
    frameCount: table.ticks.length,
    notices,
  };
}

async function frames(path: string, streams: Streams, options: { signal?: AbortSignal }): Promise<FrameTable> {
  if (streams.video === null) throw notMedia(path);
  const table = await readFrameTable(path, streams.video, options);
  if (table.ticks.length === 0) throw damaged(path, 'The file is damaged: not one of its pictures can be read.');
  return table;
}

/** Seconds up to the end of the last frame, whose own length is taken to be the average. */
function lengthOfFrames(table: FrameTable, streams: Streams): number {
  const count = table.ticks.length;
  const last = frameTimeSec(table, count - 1, streams);
  const first = frameTimeSec(table, 0, streams);
  const fps = streams.video?.fps ?? 0;
  const oneFrame = fps > 0 ? 1 / fps : count > 1 ? (last - first) / (count - 1) : 0.04;
  return last + oneFrame;
}

/** Seconds up to the end of the last packet of sound. */
async function readableSoundLength(path: string, streams: Streams, options: { signal?: AbortSignal }): Promise<number> {
  const entries = ['-select_streams', 'a:0', '-show_entries', 'packet=pts_time,duration_time', '-of', 'compact=p=0'];
  let endSec = 0;
  for (const line of (await ffprobe(path, entries, options)).split('\n')) {
    const start = Number(/pts_time=([\d.-]+)/.exec(line)?.[1]);
    const length = Number(/duration_time=([\d.]+)/.exec(line)?.[1] ?? 0);
    if (Number.isFinite(start)) endSec = Math.max(endSec, start + length - streams.startSec);
  }
  if (endSec <= 0) throw damaged(path, 'The file is damaged: none of its sound can be read.');
  return endSec;
}
