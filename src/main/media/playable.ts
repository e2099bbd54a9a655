/**
 * Pieces of a file as every browser engine plays them: fragmented MP4 with H.264 or VP9 and FLAC. Pieces are cut at
 * whole frames of one even rate and at the sample (FLAC adds no silence of its own), so that they join without a seam.
 */
import type { PlayablePiece, PlaybackFacts } from '../../contract/index.ts';
import { PlayheadError } from '../../contract/index.ts';
import { damaged } from './explainFailure.ts';
import { ffmpeg } from './ffmpeg.ts';
import type { Source } from './openSource.ts';
import type { Part } from './parts.ts';
import { sampleRateOf } from './peaks.ts';
import type { AudioStream, VideoStream } from './readStreams.ts';
import { fitInto, toneMap } from './videoFilters.ts';

/** Pixels of the longest edge: what a window shows, and two cores convert faster than it plays. */
const MAX_EDGE = 1280;
/** Hz. */
const SAMPLE_RATE = 48_000;
/** Frames per second between which a film is played; a slower one repeats its frames, a faster one leaves some out. */
const RATES = { lowest: 24, highest: 60 };
/** Seconds; a seek in these may land behind the key frame that is needed. */
const LANDS_LATE = { formats: ['mpegts', 'mpeg'], bySec: 5 };

/** What one look at a file tells; whether it grows, only the next one. */
export type FactsOfFile = Omit<PlaybackFacts, 'isGrowing'>;

/** Milliseconds: what was written to more lately is still being written. */
const STILL_MS = 8000;

/** @param own the same file with the sound track that players take */
export function playbackFacts(
  { parts, streams, durationSec, declaredSec, modifiedMs }: Source,
  own: Pick<Source, 'streams'>,
): FactsOfFile {
  const { video, audio } = streams;
  return {
    container: streams.format,
    videoCodec: video?.codec ?? null,
    audioCodec: audio?.codec ?? null,
    isHdr: video?.isHdr ?? false,
    hasOneClock: parts.length === 1,
    unitSec: gridOf(video).unitSec,
    soundTracks: streams.sounds.map(({ streamIndex, codec, channels, language, title }) => ({
      ...{ streamIndex, codec, channels, language, title },
    })),
    soundTrack: audio?.streamIndex ?? null,
    isOwnSoundTrack: audio?.streamIndex === own.streams.audio?.streamIndex,
    sampleRate: sampleRateOf({ streams }),
    durationSec,
    wholeSec: declaredSec,
    isFresh: Math.abs(Date.now() - modifiedMs) < STILL_MS,
  };
}

interface Grid {
  /** Frames per second. */
  rate: number;
  /** Frames per unit, about a second of them. */
  frames: number;
  unitSec: number;
}

function gridOf(video: VideoStream | null): Grid {
  let rate = video?.fps || 25;
  if (rate < RATES.lowest) rate *= Math.ceil(RATES.lowest / rate);
  while (rate > RATES.highest + 1) rate /= 2;
  const frames = Math.round(rate);
  return { rate, frames, unitSec: frames / rate };
}

/**
 * @returns fragmented MP4 whose clock begins at 0
 * @throws PlayheadError `invalid-input` for a piece behind the end, and the failures of reading a file
 */
export async function convertPiece(source: Source, piece: PlayablePiece, signal?: AbortSignal): Promise<Uint8Array> {
  const grid = gridOf(source.streams.video);
  const startSec = piece.first * grid.unitSec;
  const part = source.parts.findLast(({ atSec }) => atSec <= startSec + 1e-6);
  if (part === undefined || startSec >= source.durationSec || source.kind === 'image') {
    throw new PlayheadError({ code: 'invalid-input', message: 'The file has no such piece.', file: source.path });
  }
  const attempts = source.streams.video?.isHdr ? [toneMap, ''] : [''];
  for (const [i, tone] of attempts.entries()) {
    try {
      return await convert(source, part, { piece, grid, tone, signal });
    } catch (error) {
      const mayTryAgain = error instanceof PlayheadError && error.code === 'ffmpeg-failed' && i < attempts.length - 1;
      if (!mayTryAgain) throw error;
    }
  }
  throw damaged(source.path, 'The file is damaged: this piece cannot be read.');
}

interface Conversion {
  piece: PlayablePiece;
  grid: Grid;
  /** Filters from HDR to the colours of a plain display, or none. */
  tone: string;
  signal: AbortSignal | undefined;
}

async function convert(source: Source, part: Part, { piece, grid, tone, signal }: Conversion): Promise<Uint8Array> {
  const { streams, originSec, atSec } = part;
  const firstFrame = piece.first * grid.frames;
  const frames = piece.count * grid.frames;
  /** On the part's own clock. */
  const inPartSec = firstFrame / grid.rate - atSec;
  const late = LANDS_LATE.formats.includes(streams.format) ? LANDS_LATE.bySec : 0;
  const seekSec = inPartSec + originSec - streams.seekOriginSec - late;
  const before = [...(seekSec > 0 ? ['-ss', seekSec.toFixed(6), '-noaccurate_seek'] : []), '-copyts'];
  const video =
    streams.video &&
    videoArguments(streams.video, { originSec: originSec - atSec, firstFrame, frames }, { grid, tone, piece });
  const audio = streams.audio && audioArguments(streams.audio, originSec + inPartSec, frames / grid.rate);
  const container = ['-movflags', 'empty_moov+default_base_moof', '-frag_duration', '60000000', '-f', 'mp4'];
  const after = [
    ...(video ?? []),
    ...(audio ?? []),
    '-sn',
    '-dn',
    '-map_metadata',
    '-1',
    '-map_chapters',
    '-1',
    ...container,
  ];
  const { stdout } = await ffmpeg(part.input, { before, after }, { signal, timeLimitSec: 300 });
  if (stdout.length === 0) throw damaged(source.path, 'The file is damaged: this piece cannot be read.');
  return stdout;
}

interface FrameSpan {
  /** The timestamp that is 0 on the file's clock, seconds. */
  originSec: number;
  firstFrame: number;
  frames: number;
}

/** Every place of the even rate gets the frame that stands there, the first and the last one also beyond the film. */
function videoArguments(
  video: VideoStream,
  { originSec, firstFrame, frames }: FrameSpan,
  { grid, tone, piece }: Pick<Conversion, 'grid' | 'tone' | 'piece'>,
): string[] {
  const rate = rationalRate(grid.rate);
  const { width, height } = fitInto(video, MAX_EDGE);
  const even = (pixels: number) => Math.max(2, Math.round(pixels / 2) * 2);
  const filters = [
    `setpts=PTS-(${originSec.toFixed(6)})/TB`,
    `fps=${rate}`,
    'tpad=stop_mode=clone:stop=-1',
    `fps=${rate}:start_time=${(firstFrame / grid.rate).toFixed(9)}`,
    `trim=end_frame=${frames}`,
    `setpts=PTS-${firstFrame}`,
    'bwdif=mode=send_frame:deint=interlaced',
    `scale=${even(width)}:${even(height)}`,
    ...(tone === '' ? [] : [tone]),
    'setsar=1,format=yuv420p',
  ];
  return [
    '-map',
    `0:${video.streamIndex}`,
    '-vf',
    filters.join(','),
    ...ENCODERS[piece.format],
    '-g',
    String(grid.frames),
  ];
}

const ENCODERS: Record<PlayablePiece['format'], string[]> = {
  h264: ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '21', '-bf', '0'],
  vp9: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-row-mt', '1', '-b:v', '4M'],
};

/** Silence where there is no sound (yet, or any more), so that a film with a short track plays on. */
function audioArguments(audio: AudioStream, startSec: number, lengthSec: number): string[] {
  const filters = [
    `atrim=start=${startSec.toFixed(6)}:end=${(startSec + lengthSec).toFixed(6)}`,
    `asetpts=PTS-(${startSec.toFixed(6)})/TB`,
    `aresample=${SAMPLE_RATE}:async=1:first_pts=0`,
    'aformat=sample_fmts=s16:channel_layouts=stereo',
    'apad',
    `atrim=end_sample=${Math.round(lengthSec * SAMPLE_RATE)}`,
  ];
  return ['-map', `0:${audio.streamIndex}`, '-af', filters.join(','), '-c:a', 'flac', '-strict', '-2'];
}

/** Television's rates are fractions of 1001: 30000/1001. */
function rationalRate(rate: number): string {
  const over = Math.round(rate * 1001);
  return Math.abs(over / 1001 - rate) < 1e-5 && over % 1000 === 0 ? `${over}/1001` : rate.toFixed(6);
}
