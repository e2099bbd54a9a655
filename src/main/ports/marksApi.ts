/** The library's calls for what the person says of files: a part of `LibraryApi`. */
import type { Collection, MarkChange, Tag } from '../../contract/index.ts';

export interface MarksApi {
  /** The same change to each of these files; gives those that are in the library. */
  markFiles(mediaIds: readonly string[], change: MarkChange): Promise<string[]>;
  /**
   * The file was opened, or left at this place.
   * @param resumeSec seconds; null forgets the place, left out it stays
   * @returns the time, ISO 8601
   * @throws PlayheadError `not-found`
   */
  rememberOpened(mediaId: string, resumeSec?: number | null): Promise<string>;
  listTags(): Promise<Tag[]>;
  listCollections(): Promise<Collection[]>;
  /** @throws PlayheadError `not-found` for an id that no collection has */
  saveCollection(collection: { id?: string | undefined; name: string; search: string | null }): Promise<Collection>;
  deleteCollection(collectionId: string): Promise<boolean>;
  /** @throws PlayheadError `not-found`; `invalid-input` for a smart collection */
  collectFiles(
    collectionId: string,
    change: { add: readonly string[]; remove: readonly string[] },
  ): Promise<Collection>;
}
