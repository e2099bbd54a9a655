/** What fits into a language model's positions, known before anything is decoded. */
import type {
  AudioArchitecture,
  ConnectorArchitecture,
  LanguageArchitecture,
  VisionArchitecture,
} from './manifestParts.ts';
import { videoTokens } from './videoTokens.ts';

interface Sizes {
  architecture: {
    language: LanguageArchitecture;
    vision: Pick<VisionArchitecture, 'imageSize' | 'patchSize'>;
    connector: ConnectorArchitecture;
    audio: AudioArchitecture | null;
  };
  /** Of a model that was trained on short clips alone. */
  maxClipSeconds?: number | undefined;
}

/** Seconds: the frames of one look stand for no more than this, however many positions a model has. */
const LONGEST_LOOK = 30;

/** Positions kept for the question, what was said before, the chat template and the answer: a quarter, or this. */
const TEXT_ROOM = 1024;

/** Positions that an answer gets at least. */
export const ANSWER_ROOM = 64;

/** What of a clip one look takes in. */
export interface LookSize {
  modality: 'video' | 'audio' | 'av';
  seconds: number;
  /** As many as the model was trained with when left out. */
  frames?: number | undefined;
}

/** Media tokens of a look: L for its frames, N for each window of its sound. */
export function mediaTokens(
  { architecture }: Pick<Sizes, 'architecture'>,
  { modality, seconds, frames }: LookSize,
): number {
  const { connector, audio, vision } = architecture;
  const grid = Math.floor(vision.imageSize / vision.patchSize);
  const ofFrames = frames === undefined ? connector.videoTokens : videoTokens(connector.type, frames, grid);
  const seen = modality === 'audio' ? 0 : ofFrames;
  const heard = modality === 'video' || audio === null ? 0 : windowsOf(seconds, audio.windowSeconds) * audio.tokens;
  return seen + heard;
}

/** Seconds of a file that fit into one look, with picture and sound and room for words. */
export function longestLookSec(manifest: Sizes): number {
  const { language, connector, audio } = manifest.architecture;
  const forMedia = language.maxPositions - Math.min(TEXT_ROOM, language.maxPositions / 4) - connector.videoTokens;
  const windows = audio === null ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(forMedia / audio.tokens));
  const heard = audio === null ? Number.POSITIVE_INFINITY : windows * audio.windowSeconds;
  return Math.min(LONGEST_LOOK, manifest.maxClipSeconds ?? LONGEST_LOOK, heard);
}

/** A last window of less than a hundredth of a second is a rounding of the file's own length. */
function windowsOf(seconds: number, windowSeconds: number): number {
  return Math.max(1, Math.ceil((seconds - 0.01) / windowSeconds));
}
