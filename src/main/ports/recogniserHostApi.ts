/** What the recognisers' process offers: knowledge of one segment, read from its frames and its sound. */
import type { KnowledgeKind, MediaKind, Segment, StageTiming } from '../../contract/index.ts';

export interface RecogniseInput {
  path: string;
  kind: MediaKind;
  segment: Segment;
  hasAudio: boolean;
  /** Frames looked at, spread evenly over the segment; left out, one every 2.5 s, from two to twelve. */
  frames?: number;
}

/** One piece of knowledge, merged over the frames of a segment. */
export interface Recognition extends Segment {
  kind: KnowledgeKind;
  text: string;
  /** 0 to 1. */
  confidence: number;
  /** The recogniser. */
  source: string;
}

export interface RecogniseOutput {
  found: Recognition[];
  timings: StageTiming[];
  /** What could not be used, in words. */
  notices: string[];
}

export interface ReadMeaningsInput {
  /** Where the encoder is: `text-meaning` of what ships with Playhead. */
  folder: string;
  texts: readonly string[];
}

export interface RecogniserHostApi {
  /** A signal ends it between two frames: it then throws the signal's reason. */
  recognise(input: RecogniseInput, options?: { signal?: AbortSignal }): Promise<RecogniseOutput>;
  /**
   * What texts mean: vectors (512) of unit length, near each other where they mean alike; null for one word alone, and
   * for what is not English. A signal ends it between two texts. @throws PlayheadError `model-invalid`
   */
  readMeanings(input: ReadMeaningsInput, options?: { signal?: AbortSignal }): Promise<(number[] | null)[]>;
}
