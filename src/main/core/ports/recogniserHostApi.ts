/** What the recognisers' process offers: on-screen text and things seen, read from frames of a file. */
import type { Segment, StageTiming } from '../../../contract/index.ts';

export interface RecogniseInput {
  path: string;
  kind: 'video' | 'image';
  segment: Segment;
  /** Frames looked at, spread evenly over the segment. */
  frames: number;
}

/** One reading or one sort of thing, merged over the frames of a segment. */
export interface Recognition extends Segment {
  text: string;
  confidence: number;
  source: string;
}

export interface RecogniseOutput {
  screenText: Recognition[];
  things: Recognition[];
  timings: StageTiming[];
  /** What could not be used, in words. */
  notices: string[];
}

export interface RecogniserHostApi {
  /** A signal ends it between two frames: it then throws the signal's reason. */
  recognise(input: RecogniseInput, options?: { signal?: AbortSignal }): Promise<RecogniseOutput>;
}
