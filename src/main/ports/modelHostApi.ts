/**
 * What the model's process offers: paths and prompts in, text and vectors out.
 * Everything here is plain data, so that it crosses a process border as it is.
 */
import type {
  DevicePlan,
  GenerationOptions,
  MediaKind,
  Modality,
  PartPlacement,
  Provenance,
  Segment,
  StageTiming,
} from '../../contract/index.ts';

export interface LoadModelInput {
  bundleFolder: string;
  /** Tried in this order; the first that loads and gives finite numbers is used. */
  providers: string[];
  /** Where the app remembers that a bundle's hashes were right; without it every load hashes every file. */
  stampFolder?: string;
  /**
   * Before a provider other than the CPU is believed: where it is remembered what was found, and a clip with picture
   * and sound to find it out with. Without it every provider is believed. With `isSlowLeft`, parts that are right there
   * but not faster stay on the CPU.
   */
  look?: { folder: string; clip: string; isSlowLeft?: boolean };
  /** Where clips that were asked about are remembered over a restart; without it they are forgotten. */
  prefixFolder?: string;
}

export interface LoadedModel {
  name: string;
  provider: string;
  modalities: Exclude<Modality, 'auto'>[];
  /** Where each of its networks runs. */
  parts: PartPlacement[];
  /** What was planned before they were opened; null where every provider is believed. */
  plan: DevicePlan | null;
  /** Providers that were tried and refused, in words. */
  notices: string[];
  loadSeconds: number;
}

/** The stretch of a file that a question is about. */
export interface Clip {
  path: string;
  kind: MediaKind;
  segment: Segment;
  hasAudio: boolean;
  /**
   * Only as much of the sound is heard as by the reference, so that its published scores can be repeated: of a film eight
   * clips of two seconds, of a sound 30 seconds. Without it, all of it is heard.
   */
  isHeardAsReference?: boolean;
  /** Stream index of the sound that is heard; left out, the one that players take. */
  soundTrack?: number;
}

/** A question about the same clip that was answered before. */
export interface EarlierTurn {
  question: string;
  answer: string;
}

export interface AnswerInput {
  clip: Clip;
  question: string;
  /** What was said before, oldest first; what does not fit into the model's context is left out, the oldest first. */
  history?: EarlierTurn[];
  modality: Modality;
  generation?: GenerationOptions;
}

export interface AnswerOutput {
  text: string;
  provenance: Provenance;
}

/** Whether a question can be put to the model, before any clip is read. */
export interface ReadQuestion {
  /** False: it is about something that the model cannot know; `answer` says `declined` in place of an answer. */
  isInDomain: boolean;
  /** What it does not know by name; empty where known words make no question about its world. */
  unknownWords: string[];
  /** "colour", "exists", "count", "account", …; "any" for a model that may be asked anything. */
  kind: string;
  /** As the model is asked. */
  asked: string;
  declined?: string;
}

export interface EmbedOutput {
  /** Unit length. */
  vector: number[];
  timings: StageTiming[];
}

export interface EmbedTextOutput {
  /** Unit length; null when the encoder does not know these words. */
  vector: number[] | null;
  timings: StageTiming[];
}

export interface EmbeddingModelInfo {
  /** Names the vector space; vectors of different names are never compared. */
  name: string;
  dimensions: number;
  /** Hits by meaning below this cosine are left out. */
  minCosine: number;
  /** Where each of its networks runs. */
  parts: PartPlacement[];
  plan: DevicePlan | null;
}

export interface CaptionInput {
  clip: Clip;
  generation?: GenerationOptions;
}

/** What the caller hears while an answer is made, and how it ends one: the call then throws. */
export interface AnswerOptions {
  /** Text as it is generated, whole characters only. */
  onText?: (text: string) => void;
  /** "reading frames", "looking", "listening", "reading the prompt". */
  onStage?: (stage: string) => void;
  /** Heard at the next step or chunk. */
  signal?: AbortSignal;
}

/** Every call throws PlayheadErrors; one with a signal throws its reason. */
export interface ModelHostApi {
  loadModel(input: LoadModelInput): Promise<LoadedModel>;
  answer(input: AnswerInput, options?: AnswerOptions): Promise<AnswerOutput>;
  /** Reads a question as `answer` does. */
  readQuestion(question: string): Promise<ReadQuestion>;
  /** Describes a clip in words, as `answer` with the question that the model was taught for it. */
  caption(input: CaptionInput, options?: AnswerOptions): Promise<AnswerOutput>;
  /** The dual encoder that stands beside the bundle (`embedding/`), or null when it has none. */
  loadEmbedder(input: LoadModelInput): Promise<EmbeddingModelInfo | null>;
  embedClip(clip: Clip, options?: { signal?: AbortSignal }): Promise<EmbedOutput>;
  embedText(text: string): Promise<EmbedTextOutput>;
  /** Bytes, of the host's own process. */
  memory(): Promise<{ residentBytes: number; peakResidentBytes: number }>;
}
