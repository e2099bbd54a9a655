/** What several parts of the library's port speak of. */
import type { Job, MediaState } from '../../contract/index.ts';

/** A known file, as it was when it was last registered. */
export interface KnownFile {
  id: string;
  path: string;
  state: MediaState;
  sizeBytes: number;
  modifiedMs: number;
  /** Empty while it is known by its name alone. */
  fingerprint: string;
  /** Null until the file was read to its end. */
  contentHash: string | null;
  /** It was not in its place when somebody last looked. */
  isOffline: boolean;
  /** Not in the library any more, and kept for what was said of it. */
  isRemoved: boolean;
  /** The person removed it: it does not come back by itself. */
  isUnwanted: boolean;
}

export interface StoredJob extends Omit<Job, 'paths'> {
  /** Higher runs first. */
  priority: number;
  /** What the runner needs; its shape belongs to the kind. */
  payload: unknown;
  attempts: number;
}
