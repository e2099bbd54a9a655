/** What ffprobe says of a file's tracks, in our words, and which of them are the film. */
import type { SubtitleStream } from './mediaTypes.ts';
import type { Packets, Probed, Properties } from './probeFile.ts';
import { type MediaTag, readTags } from './readTags.ts';

interface Track {
  /** ffmpeg's index of the stream within the file. */
  streamIndex: number;
  codec: string;
  /** Seconds per tick of a timestamp. */
  timeBase: number;
  /** Timestamp at which it begins, seconds; null when it has none. */
  startSec: number | null;
}

export interface VideoStream extends Track {
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
  /** PQ or HLG: needs tone mapping on a plain display. */
  isHdr: boolean;
}

export interface AudioStream extends Track {
  channels: number;
  /** Hz; 0 when unknown. */
  sampleRate: number;
  /** ISO 639 code, or null. */
  language: string | null;
  title: string | null;
}

export interface Streams {
  /** ffmpeg's demuxer: "mov,mp4,m4a,3gp,3g2,mj2". */
  format: string;
  /** Seconds; null when the container does not say. */
  durationSec: number | null;
  /** Timestamp from which ffmpeg counts when it seeks, seconds. */
  seekOriginSec: number;
  /** The film: neither cover art nor a picture that stands beside the sound. */
  video: VideoStream | null;
  audio: AudioStream | null;
  /** Every sound track that can be chosen in place of it. */
  sounds: AudioStream[];
  subtitles: SubtitleStream[];
  /** What the file says of itself (title, artist …), each name once. */
  tags: MediaTag[];
  /** True where the packets would tell the film from a picture beside it. */
  isUnsure: boolean;
}

export function readStreams({ format, streams, packets }: Probed): Streams {
  const videos = streams.filter(isPicture).map((stream) => ({ stream, count: countPictures(stream, packets) }));
  const sounds = streams.filter((s) => s.get('codec_type') === 'audio' && number(s, 'channels') !== 0);
  const films = videos.filter(({ count }) => count !== 1);
  // One picture beside sound is its cover; without sound it is all there is.
  const video = films.length > 0 || sounds.length > 0 ? preferred(films.map((f) => f.stream)) : videos[0]?.stream;
  const audio = preferred(sounds);
  const durations = [
    number(format, 'duration'),
    video && number(video, 'duration'),
    audio && number(audio, 'duration'),
  ];
  return {
    format: format.get('format_name') ?? 'unknown',
    durationSec: durations.find((seconds) => seconds != null && seconds > 0) ?? null,
    seekOriginSec: number(format, 'start_time') ?? 0,
    video: video ? toVideoStream(video) : null,
    audio: audio ? toAudioStream(audio) : null,
    sounds: sounds.map(toAudioStream),
    subtitles: streams.filter((s) => s.get('codec_type') === 'subtitle').map(toSubtitleStream),
    // Ogg files keep them in their streams.
    tags: readTags([format, audio, video].map(tagsOf)),
    isUnsure: packets === null && videos.length + sounds.length > 1 && videos.some(({ count }) => count === null),
  };
}

function isPicture(stream: Properties): boolean {
  const isCover = stream.get('disposition:attached_pic') === '1' || stream.get('disposition:timed_thumbnails') === '1';
  return stream.get('codec_type') === 'video' && !isCover && (number(stream, 'width') ?? 0) > 0;
}

/** How many pictures a track has; null where only its packets would tell. */
function countPictures(stream: Properties, packets: Map<number, Packets> | null): number | null {
  if (packets !== null) return packets.get(number(stream, 'index') ?? -1)?.pts.length ?? 0;
  return number(stream, 'nb_frames');
}

/** As players choose: the track that is marked as the default, else the first; a commentary comes last. */
function preferred(streams: Properties[]): Properties | undefined {
  const marked = (name: string) => (stream: Properties) => stream.get(`disposition:${name}`) === '1';
  const isExtra = (stream: Properties) => ['comment', 'visual_impaired', 'dependent'].some((n) => marked(n)(stream));
  return streams.find((s) => marked('default')(s) && !isExtra(s)) ?? streams.find((s) => !isExtra(s)) ?? streams[0];
}

function toTrack(stream: Properties): Track {
  return {
    streamIndex: number(stream, 'index') ?? 0,
    codec: codecOf(stream),
    timeBase: ratio(stream.get('time_base')) || 1 / 90_000,
    startSec: number(stream, 'start_time'),
  };
}

/** "h264"; for a codec that this ffmpeg does not know, what the file calls it ("unknown (vvc1)"). */
function codecOf(stream: Properties): string {
  const name = stream.get('codec_name') ?? 'unknown';
  return ['unknown', 'none'].includes(name) ? `unknown (${stream.get('codec_tag_string') ?? 'no name'})` : name;
}

function toVideoStream(stream: Properties): VideoStream {
  const isTurned = Math.abs(rotationOf(stream)) % 180 === 90;
  const [codedWidth, codedHeight] = [number(stream, 'width') ?? 0, number(stream, 'height') ?? 0];
  const displayWidth = Math.max(1, Math.round(codedWidth * pixelShape(stream.get('sample_aspect_ratio'))));
  const turn = <T>(a: T, b: T): [T, T] => (isTurned ? [b, a] : [a, b]);
  const [frameWidth, frameHeight] = turn(codedWidth, codedHeight);
  const [width, height] = turn(displayWidth, codedHeight);
  return {
    ...toTrack(stream),
    ...{ frameWidth, frameHeight, width, height },
    fps: ratio(stream.get('avg_frame_rate')) || ratio(stream.get('r_frame_rate')),
    declaredFrames: number(stream, 'nb_frames'),
    isHdr: ['smpte2084', 'arib-std-b67'].includes(stream.get('color_transfer') ?? ''),
  };
}

function toAudioStream(stream: Properties): AudioStream {
  return {
    ...toTrack(stream),
    channels: number(stream, 'channels') ?? 1,
    sampleRate: number(stream, 'sample_rate') ?? 0,
    ...languageAndTitle(stream),
  };
}

function languageAndTitle(stream: Properties): { language: string | null; title: string | null } {
  const language = stream.get('tag:language');
  return { language: language && language !== 'und' ? language : null, title: stream.get('tag:title') ?? null };
}

/** Degrees; newer ffprobe tells it as side data, older ones as a tag as well. */
function rotationOf(stream: Properties): number {
  const name = [...stream.keys()].find((key) => /(^|:)rotation$/.test(key)) ?? 'tag:rotate';
  return Math.round(number(stream, name) ?? 0);
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

function number(properties: Properties, name: string): number | null {
  const text = properties.get(name);
  const value = Number(text);
  return text === undefined || text === '' || !Number.isFinite(value) ? null : value;
}

function toSubtitleStream(stream: Properties): SubtitleStream {
  return {
    streamIndex: number(stream, 'index') ?? 0,
    codec: stream.get('codec_name') ?? 'unknown',
    ...languageAndTitle(stream),
  };
}

function tagsOf(properties: Properties | undefined): Record<string, string> {
  const tags = [...(properties ?? [])].filter(([key]) => key.startsWith('tag:'));
  return Object.fromEntries(tags.map(([key, text]) => [key.slice('tag:'.length), text]));
}
