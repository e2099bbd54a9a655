/** What ffprobe says of a file, in our words. */
import { ffprobe } from './ffmpeg.ts';
import type { SubtitleStream } from './mediaTypes.ts';
import { type MediaTag, readTags } from './readTags.ts';
import { rememberPerFile } from './rememberPerFile.ts';

export interface VideoStream {
  streamIndex: number;
  codec: string;
  /** Of a decoded frame after rotation; pixels may not be square. */
  frameWidth: number;
  frameHeight: number;
  /** As displayed: pixel shape applied as well. */
  width: number;
  height: number;
  /** Average frames per second, 0 when unknown. */
  fps: number;
  /** As the container declares it, or null. */
  declaredFrames: number | null;
  /** Seconds per tick of a timestamp. */
  timeBase: number;
  /** PQ or HLG: needs tone mapping on a plain display. */
  isHdr: boolean;
}

export interface Streams {
  /** ffmpeg's demuxer: "mov,mp4,m4a,3gp,3g2,mj2". */
  format: string;
  /** Seconds; null when the container does not say. */
  durationSec: number | null;
  /** Timestamp at which the file begins, seconds. */
  startSec: number;
  /** The first real video stream; attached cover art is none. */
  video: VideoStream | null;
  /** More than one in a picture means tiles. */
  videoStreams: number;
  audio: { codec: string; channels: number } | null;
  subtitles: SubtitleStream[];
  /** What the file says of itself (title, artist …), each name once. */
  tags: MediaTag[];
}

/** The part of ffprobe's JSON that is read here. */
interface ProbeJson {
  format?: { format_name?: string; duration?: string; start_time?: string; tags?: Record<string, string> };
  streams?: ProbeStream[];
}
interface ProbeStream {
  index: number;
  codec_type?: string;
  codec_name?: string;
  width?: number;
  height?: number;
  channels?: number;
  sample_aspect_ratio?: string;
  avg_frame_rate?: string;
  r_frame_rate?: string;
  nb_frames?: string;
  duration?: string;
  time_base?: string;
  color_transfer?: string;
  disposition?: { attached_pic?: number };
  tags?: Record<string, string>;
  side_data_list?: { rotation?: number | string }[];
}

const remember = rememberPerFile<Streams>(64);

/** @throws PlayheadError as `ffprobe` does */
export async function readStreams(file: string, options: { signal?: AbortSignal } = {}): Promise<Streams> {
  const read = async () => {
    const text = await ffprobe(file, ['-of', 'json', '-show_format', '-show_streams'], options);
    return parseStreams(JSON.parse(text) as ProbeJson);
  };
  return remember(file, 'streams', read, options.signal);
}

/** Exported for its test. */
export function parseStreams(json: ProbeJson): Streams {
  const streams = json.streams ?? [];
  const videos = streams.filter(
    (s) => s.codec_type === 'video' && s.disposition?.attached_pic !== 1 && (s.width ?? 0) > 0,
  );
  const video = videos[0];
  const audio = streams.find((s) => s.codec_type === 'audio' && (s.channels ?? 0) > 0);
  const durations = [json.format?.duration, video?.duration, audio?.duration].map(toNumber);
  return {
    format: json.format?.format_name ?? 'unknown',
    durationSec: durations.find((seconds) => seconds !== null && seconds > 0) ?? null,
    startSec: toNumber(json.format?.start_time) ?? 0,
    video: video === undefined ? null : toVideoStream(video),
    videoStreams: videos.length,
    audio: audio === undefined ? null : { codec: audio.codec_name ?? 'unknown', channels: audio.channels ?? 1 },
    subtitles: streams.filter((s) => s.codec_type === 'subtitle').map(toSubtitleStream),
    // Ogg files keep them in their streams.
    tags: readTags([json.format?.tags, audio?.tags, video?.tags]),
  };
}

function toVideoStream(stream: ProbeStream): VideoStream {
  const isTurned = Math.abs(rotationOf(stream)) % 180 === 90;
  const [codedWidth, codedHeight] = [stream.width ?? 0, stream.height ?? 0];
  const displayWidth = Math.max(1, Math.round(codedWidth * pixelShape(stream.sample_aspect_ratio)));
  const turn = <T>(a: T, b: T): [T, T] => (isTurned ? [b, a] : [a, b]);
  const [frameWidth, frameHeight] = turn(codedWidth, codedHeight);
  const [width, height] = turn(displayWidth, codedHeight);
  return {
    streamIndex: stream.index,
    codec: stream.codec_name ?? 'unknown',
    frameWidth,
    frameHeight,
    width,
    height,
    fps: ratio(stream.avg_frame_rate) || ratio(stream.r_frame_rate),
    declaredFrames: toNumber(stream.nb_frames),
    timeBase: ratio(stream.time_base) || 1 / 90_000,
    isHdr: ['smpte2084', 'arib-std-b67'].includes(stream.color_transfer ?? ''),
  };
}

/** Degrees; newer ffprobe tells it as side data, older ones as a tag as well. */
function rotationOf(stream: ProbeStream): number {
  const sideData = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation;
  return Math.round(Number(sideData ?? stream.tags?.rotate ?? 0)) || 0;
}

/** "4:3" pixels are wider than high; "0:1" and "N/A" mean square ones. */
function pixelShape(text: string | undefined): number {
  const [across, down] = (text ?? '1:1').split(':').map(Number);
  return across && down ? across / down : 1;
}

function ratio(text: string | undefined): number {
  const [over, under] = (text ?? '').split('/').map(Number);
  return over && under ? over / under : 0;
}

function toNumber(text: string | undefined): number | null {
  const value = Number(text);
  return text === undefined || text === '' || !Number.isFinite(value) ? null : value;
}

function toSubtitleStream(stream: ProbeStream): SubtitleStream {
  return {
    streamIndex: stream.index,
    codec: stream.codec_name ?? 'unknown',
    language: stream.tags?.language && stream.tags.language !== 'und' ? stream.tags.language : null,
    title: stream.tags?.title ?? null,
  };
}
