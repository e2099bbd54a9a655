/** What a reader of the library follows: each thing that changed, under a number that only ever grows. */

/** A file with what is said of it, a conversation with its messages, a collection with its files, a root. */
export type ChangedKind = 'media' | 'conversation' | 'collection' | 'root';

export interface Changes {
  /** The number of the latest change of all. */
  latest: number;
  /** In their order; a thing that changed again since stands at its latest number alone. One that is gone is named, too. */
  changes: { sequence: number; kind: ChangedKind; id: string }[];
}
