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

export interface RecogniserHostApi {
  /** A signal ends it between two frames: it then throws the signal's reason. */
  recognise(input: RecogniseInput, options?: { signal?: AbortSignal }): Promise<RecogniseOutput>;
}
