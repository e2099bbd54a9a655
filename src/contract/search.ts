/** What a search finds, and why. */
import type { MatchKind } from './knowledge.ts';
import type { Segment } from './media.ts';

/** Why a segment was found. `text` is a snippet; the matched words stand between « and ». */
export interface MatchReason {
  kind: MatchKind;
  text: string;
  source: string;
  /** Seconds: where it is said or begins to be seen; null for what is true of the whole file or segment. */
  atSec: number | null;
}

/** `startSec` to `endSec` is the segment that was found. */
export interface SearchHit extends Segment {
  /** Seconds: where to begin to play; within the segment. */
  atSec: number;
  mediaId: string;
  segmentId: string;
  fileName: string;
  thumbnail: string | null;
  /** Fused rank score; only its order means something. */
  score: number;
  reasons: MatchReason[];
}

export interface SearchResult {
  hits: SearchHit[];
  tookMs: number;
  /** What limited the search, in words ("search by meaning is off: …"). */
  notices: string[];
}
