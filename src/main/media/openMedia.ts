/**
 * The front door of this room: a path is opened once, and what it holds is asked of what was opened.
 *
 *     const media = await openMedia(path);
 *     media.facts.durationSec;  await media.framesAt([1.5]);  await media.subtitles();
 */
import type { PeakChunk, PlayablePiece, Still, Strip } from '../../contract/index.ts';
import type { RgbImage } from '../ports/rgbImage.ts';
import { checkFile } from './checkFile.ts';
import { decodeFramesAt, decodeSampledFrames, type FramesAtOptions, type SampleOptions } from './decodeFrames.ts';
import { decodeWaveform, type WaveformOptions } from './decodeWaveform.ts';
import type { SceneOptions } from './detectScenes.ts';
import { explainFailures } from './explainFailure.ts';
import type { MediaProbe, SampledFrames, SubtitleCue } from './mediaTypes.ts';
import { openSource, type Source } from './openSource.ts';
import { decodePeaks } from './peaks.ts';
import { type PlannedSegments, planSegments, survey } from './planSegments.ts';
import { convertPiece, type FactsOfFile, playbackFacts } from './playable.ts';
import type { Streams } from './readStreams.ts';
import { rememberPerFile } from './rememberPerFile.ts';
import { withSoundTrack } from './soundTrack.ts';
import { decodeStill, decodeStrip } from './stills.ts';
import { readSubtitles } from './subtitles/readSubtitles.ts';
import { type ThumbnailOptions, type ThumbnailWish, writeThumbnails } from './writeThumbnail.ts';

export interface Stoppable {
  signal?: AbortSignal | undefined;
}

export interface OpenOptions extends Stoppable {
  /** Stream index of the sound that is heard; null or left out, the one that players take. */
  soundTrack?: number | null | undefined;
}

/** A file that was opened. Every time is in seconds on its one clock; every error names the file. */
export interface OpenedMedia {
  readonly path: string;
  readonly facts: MediaProbe;
  readonly streams: Streams;
  /** Where the file's own timestamps begin, seconds: every time here counts from there. */
  readonly clock: { startSec: number };
  /** The frame on the screen at each time, as displayed. @throws PlayheadError `no-video`, `file-damaged` */
  framesAt(timesSec: readonly number[], options?: FramesAtOptions): Promise<RgbImage[]>;
  /** The frames that VideoLLaMA 2 looks at, with the pixels that a full decode gives. @throws as `framesAt` */
  sampledFrames(options: SampleOptions): Promise<SampledFrames>;
  /** Mono samples, -1..1. @throws PlayheadError `no-audio` */
  sound(options: WaveformOptions): Promise<Float32Array>;
  /**
   * The stretches that are indexed one by one: they cover the whole file, none is longer than 30 s. The search in a
   * film tells its progress every few seconds, can be broken off there, and goes on from it.
   */
  scenes(options?: SceneOptions): Promise<PlannedSegments>;
  /** Reads what scenes are found by: the list of a film's frames, how loud long sound is. Both stay in mind. */
  survey(options?: Stoppable): Promise<void>;
  /** The words beside and inside the file; what cannot be read is told in `notices`. */
  subtitles(options?: Stoppable): Promise<{ cues: SubtitleCue[]; notices: string[] }>;
  /** Whether and how a window plays it. */
  readonly playback: FactsOfFile;
  /** Fragmented MP4 whose clock begins at 0. @throws PlayheadError `invalid-input` for a piece behind the end */
  playable(piece: PlayablePiece, options?: Stoppable): Promise<Uint8Array>;
  /** JPEGs for its timeline: eight stills side by side; one at a moment. @throws as `framesAt` */
  strip(strip: Strip, options?: Stoppable): Promise<Uint8Array>;
  still(still: Still, options?: Stoppable): Promise<Uint8Array>;
  /** The shape of its sound, as `PeakChunk` says. @throws PlayheadError `no-audio` */
  peaks(chunk: PeakChunk, options?: Stoppable): Promise<Uint8Array>;
  /** Writes one JPEG per wish. @returns for each wish, whether there is a picture now */
  thumbnails(wishes: readonly ThumbnailWish[], options?: ThumbnailOptions): Promise<boolean[]>;
}

/** What a scan has opened is not probed again when its turn to be indexed comes. */
const remember = rememberPerFile<OpenedMedia>(1000);

/**
 * Opens a video, sound or picture. The last thousand files stay in mind for as long as they do not change.
 * @param path absolute
 * @throws PlayheadError `file-not-found`, `file-unreadable`, `file-empty`, `file-not-media`, `file-damaged`,
 *   `ffmpeg-missing`, `time-limit`, `cancelled`; `invalid-input` for a sound track that it does not have
 */
export async function openMedia(path: string, options: OpenOptions = {}): Promise<OpenedMedia> {
  await checkFile(path, options.signal);
  return remember(path, `opened ${options.soundTrack ?? ''}`, () => open(path, options), options.signal);
}

async function open(path: string, { signal, soundTrack = null }: OpenOptions): Promise<OpenedMedia> {
  const own = await explainFailures(path, () => openSource(path, signal ? { signal } : {}));
  const source = withSoundTrack(own, soundTrack);
  const facts = factsOf(source);
  /** Nothing is asked of a file that was taken away meanwhile, and every failure says what it means. */
  const onFile = async <T>(work: () => Promise<T>, { signal }: Stoppable = {}): Promise<T> => {
    await checkFile(path, signal);
    return explainFailures(path, work);
  };
  return {
    path,
    facts,
    streams: source.streams,
    clock: { startSec: source.parts[0]?.originSec ?? 0 },
    framesAt: (timesSec, wish) => onFile(() => decodeFramesAt(source, timesSec, wish), wish),
    sampledFrames: (wish) => onFile(() => decodeSampledFrames(source, wish), wish),
    sound: (wish) => onFile(() => decodeWaveform(source, wish), wish),
    scenes: (wish) => onFile(() => planSegments(source, wish), wish),
    survey: (wish) => onFile(() => survey(source, wish), wish),
    subtitles: (wish) => onFile(() => readSubtitles(facts, wish), wish),
    thumbnails: (wishes, wish) => onFile(() => writeThumbnails(source, wishes, wish), wish),
    get playback() {
      return playbackFacts(source, own);
    },
    strip: (strip, wish) => onFile(() => decodeStrip(source, strip, wish?.signal), wish),
    still: (still, wish) => onFile(() => decodeStill(source, still, wish?.signal), wish),
    peaks: (chunk, wish) => onFile(() => decodePeaks(source, chunk, wish?.signal), wish),
    playable: (piece, wish) => onFile(() => convertPiece(source, piece, wish?.signal), wish),
  };
}

function factsOf({ path, kind, durationSec, sizeBytes, modifiedMs, streams, parts, notices }: Source): MediaProbe {
  const { video, audio, subtitles } = streams;
  const counts = parts.map((part) => part.listedFrames);
  const listed = counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0);
  const frameCount = kind === 'image' ? 1 : (video?.declaredFrames ?? listed);
  return {
    ...{ path, kind, durationSec, sizeBytes, modifiedMs, notices, subtitles },
    width: video?.width ?? 0,
    height: video?.height ?? 0,
    fps: kind === 'video' && video ? video.fps || (frameCount ?? 0) / durationSec : 0,
    frameCount: video === null ? null : frameCount,
    hasAudio: audio !== null && kind !== 'image',
    videoCodec: video?.codec ?? null,
    audioCodec: audio?.codec ?? null,
  };
}
