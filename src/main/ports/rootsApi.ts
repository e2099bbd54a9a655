/** The library's calls for folders that are kept, and for files as their folders tell of them: a part of `LibraryApi`. */
import type { Knowledge, MediaItem, MediaState } from '../../contract/index.ts';
import type { KnownFile, StoredJob } from './storedRows.ts';

export interface StoredRoot {
  id: string;
  /** Absolute. */
  path: string;
  /** Patterns of what is left out of it. */
  ignore: string[];
  /** ISO 8601. */
  addedAt: string;
  /** When all of it was last looked through; null while it never was. */
  lookedAt: string | null;
  /** Files of the library in it. */
  files: number;
}

/** A file of which nothing but its place, size and time is known. */
export interface NamedFile {
  id: string;
  path: string;
  kind: MediaItem['kind'];
  sizeBytes: number;
  /** Milliseconds since the epoch. */
  modifiedMs: number;
  isSample: boolean;
}

/** A file as it was last seen in its place. */
export type PlacedFile = Pick<
  KnownFile,
  'id' | 'path' | 'state' | 'sizeBytes' | 'modifiedMs' | 'isOffline' | 'isUnwanted'
>;

/** What the library knows of a file that is found at a path. */
export interface FilePlace {
  known: KnownFile | null;
  /**
   * Where nothing is known at its path: files of this size and time, one of which may have moved; and files of this size
   * that the person removed.
   */
  sameSize: KnownFile[];
}

export interface RootsApi {
  /** In the order of their paths. */
  listRoots(): Promise<StoredRoot[]>;
  /** A folder in another root is that root; roots that lie in the new one become part of it. */
  addRoot(path: string): Promise<StoredRoot>;
  /** @throws PlayheadError `not-found` */
  changeRoot(rootId: string, change: { ignore?: string[]; lookedAt?: string }): Promise<StoredRoot>;
  /** Its files stay, or with `withFiles` leave the library as if they had never come. Gives those. */
  removeRoot(rootId: string, withFiles: boolean): Promise<string[]>;
  /**
   * Files at this path and in it, in the order of their paths, those after `after`; also those that the person removed.
   */
  listFilesAt(path: string, page: { after: string; limit: number }): Promise<PlacedFile[]>;
  /** What is known of each of these, in their order. */
  placeFiles(files: readonly Pick<NamedFile, 'path' | 'sizeBytes' | 'modifiedMs'>[]): Promise<FilePlace[]>;
  /** Files and their jobs in one transaction: each can be found by its name. One whose path is known is passed over. Gives the ids of the others. */
  nameFiles(files: readonly NamedFile[], jobs: readonly StoredJob[]): Promise<string[]>;
  /** Named files that nobody has read yet and that are in their places, the smallest first, those after `skip`. */
  listUnread(limit: number, skip: readonly string[]): Promise<{ id: string; path: string; state: MediaState }[]>;
  /** Gives those that changed. */
  setOffline(mediaIds: readonly string[], isOffline: boolean): Promise<string[]>;
  /** Its subtitles are searched before its scenes are looked for; nothing once it has segments. */
  keepSubtitles(mediaId: string, subtitles: Knowledge[]): Promise<void>;
  /** Its turn to be read is still to come, or it is being read. */
  isWaiting(mediaId: string): Promise<boolean>;
  /** A file that nobody has read yet, or that the person removed, was seen in another place. */
  noteMoved(mediaId: string, path: string, modifiedMs: number): Promise<void>;
}
