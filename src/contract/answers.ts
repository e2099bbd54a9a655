/** An answer about a clip, or about a file that was looked at several times, and what it rests on. */
import type { DomainScore } from './domain.ts';
import type { Segment } from './media.ts';
import type { PartPlacement } from './parts.ts';

/** Which senses an answer uses; `auto` takes what the file and the model have. */
export type Modality = 'auto' | 'video' | 'audio' | 'av';

export interface StageTiming {
  stage: string;
  seconds: number;
}

/** One statement of an answer, and the stretch of the file that it is about. The times are the app's own. */
export interface AnswerPart extends Segment {
  text: string;
  /** Who says so, of a fact of the index: "PP-OCRv4", "duet.en.srt". */
  source?: string;
}

/** What an answer rests on that was put together from several looks at a file. */
export interface Evidence {
  /** The answer in a sentence; empty for an account, which consists of its parts. */
  summary: string;
  /** In the order of the file. */
  parts: AnswerPart[];
  /** Into what the range was cut: its scenes, or shorter stretches where the model cannot look at a scene at once. */
  unit: 'scene' | 'stretch';
  /** How many of them the range has. */
  total: number;
  /** Those that were looked at, in the order of the file. */
  lookedAt: Segment[];
  /** How many of these were looked at when the file was indexed: their captions are the answer. */
  fromIndex: number;
  /** How many of these were left out of the answer, since the model does not know footage like theirs. */
  unknown: number;
}

/** What looking would cost, told before it is done. Seconds are expected ones, by measured looks. */
export interface LookOffer {
  unit: Evidence['unit'];
  likeliest: { count: number; seconds: number };
  all: { count: number; seconds: number };
}

/** How far a question over many scenes may go without asking back. */
export type LookScope = 'short' | 'likeliest' | 'all';

/** Where an answer comes from: the figures that the UI shows under it. */
export interface Provenance {
  model: string;
  provider: string;
  modality: Exclude<Modality, 'auto'>;
  segment: Segment;
  frames: number;
  audioSeconds: number;
  promptTokens: number;
  newTokens: number;
  timings: StageTiming[];
  /**
   * The model was not asked: `out-of-domain`, since it does not know footage like this; `question-out-of-domain`, since
   * it does not know what the question is about; `from-index`, since it does not know
   * such footage and the index has facts that fit; `needs-consent`, since looking takes long, and `offer` says how long.
   */
  stopReason:
    | 'eos'
    | 'length'
    | 'cancelled'
    | 'stop-string'
    | 'out-of-domain'
    | 'question-out-of-domain'
    | 'from-index'
    | 'needs-consent';
  /** Left out by a model that is not bounded to a world of its own. */
  domain?: DomainScore;
  /** Only of an answer from several looks. */
  evidence?: Evidence;
  /** What the index knows that fits the question, beside the answer of a model that looked for itself. */
  known?: AnswerPart[];
  /** Only with `needs-consent`. */
  offer?: LookOffer;
  /** Left out where all of the model runs on the CPU, as was asked for. */
  parts?: PartPlacement[];
}
