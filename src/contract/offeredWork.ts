/** What a model makes possible for files that were indexed without it: offered with its time, never begun by itself. */

/** Descriptions by the model that answers; vectors of what is seen by the one that searches. */
export type AddedKnowledge = 'captions' | 'looks';

export interface OfferedWork {
  adds: AddedKnowledge;
  /** By which model, as a person reads it. */
  model: string;
  files: number;
  /** Seconds of footage. */
  footageSec: number;
  /** Seconds that it takes, by what was measured here; null before anything was. */
  takesSec: number | null;
}

export interface AddResult {
  /** Pieces of footage that were given something. */
  added: number;
  notices: string[];
}
