/** Where a model's files come from: the Hub or a mirror, or a folder that another Playhead filled. */

/** One file as its repository lists it. What it is, is said by size and hash alone: an ETag may be anybody's. */
export interface ListedFile {
  /** Below the repository, with slashes. */
  path: string;
  /** Bytes. */
  size: number;
  /** Of the content, in hex; null for small files, which have only a git hash. */
  sha256: string | null;
  /** SHA-1 of "blob <size>\0" and the content, as git names it; null for large files (there it is the pointer's). */
  gitSha1: string | null;
  /** It is stored in pieces that the Hub's own protocol fetches. */
  hasPieces?: boolean;
}

export interface Listing {
  repository: string;
  /** 40 hex digits: what was listed never changes under it. */
  commit: string;
  files: ListedFile[];
}

export interface OpenRequest {
  listing: Pick<Listing, 'repository' | 'commit'>;
  file: ListedFile;
  /** The first byte that is wanted. */
  offset: number;
  /** How often this file was tried in vain before: what is clever gives way to what is plain. */
  failures: number;
  signal: AbortSignal | undefined;
}

export interface ModelSource {
  /** @param revision a commit, a branch or a tag; the default branch when null */
  list(repository: string, revision: string | null, signal?: AbortSignal): Promise<Listing>;
  /** The bytes from `offset` on. */
  open(request: OpenRequest): Promise<AsyncIterable<Uint8Array>>;
}
