/** What the person says of files: marks, tags, collections. It is theirs, whatever becomes of the index. */
import * as z from 'zod';

export interface Marks {
  /** Shown in place of the file's name. */
  title: string | null;
  /** 1 to 5. */
  rating: number | null;
  isFavourite: boolean;
  note: string;
  /** In the order of the alphabet. */
  tags: string[];
  /** Seconds: where playing goes on; null for the beginning. */
  resumeSec: number | null;
  /** ISO 8601; null where it was never opened. */
  openedAt: string | null;
}

export const noMarks: Marks = {
  ...{ title: null, rating: null, isFavourite: false, note: '', tags: [], resumeSec: null, openedAt: null },
};

export interface Tag {
  name: string;
  /** Files of the library that have it. */
  files: number;
}

/** Files that the person put together, or a search that is kept by name. */
export interface Collection {
  id: string;
  name: string;
  /** The words of a smart collection: what they find is what it holds; null for one that was filled by hand. */
  search: string | null;
  /** 0 for a smart one. */
  files: number;
}

const id = z.string().min(1).max(200);
const mediaIds = z.array(id).max(10_000);
const tag = z.string().trim().min(1).max(100);
const seconds = z.number().finite().min(0).max(1e6);

/** What is left out stays as it is. */
export const markChangeSchema = z.object({
  title: z.string().trim().min(1).max(300).nullable().optional(),
  rating: z.int().min(1).max(5).nullable().optional(),
  isFavourite: z.boolean().optional(),
  note: z.string().max(20_000).optional(),
  addTags: z.array(tag).max(100).optional(),
  removeTags: z.array(tag).max(100).optional(),
});
export type MarkChange = z.infer<typeof markChangeSchema>;

/** Which files of the library are meant; what is left out is not asked for. */
export const withinSchema = z.object({
  tag: tag.optional(),
  collectionId: id.optional(),
  /** The files in a folder that is kept as a root. */
  rootId: id.optional(),
  isFavourite: z.literal(true).optional(),
});
export type Within = z.infer<typeof withinSchema>;

export const markSchemas = {
  markMedia: markChangeSchema.extend({ mediaIds: mediaIds.min(1) }),
  /** The file is open in a player. `resumeSec` left out keeps the place; null forgets it. */
  rememberOpened: z.object({ mediaId: id, resumeSec: seconds.nullable().optional() }),
  listTags: z.object({}),
  listCollections: z.object({}),
  /** A new one, or with `id` another name or other words for one that is there. */
  saveCollection: z.object({
    id: id.optional(),
    name: z.string().trim().min(1).max(200),
    search: z.string().trim().min(1).max(500).nullable().default(null),
  }),
  deleteCollection: z.object({ collectionId: id }),
  /** @throws PlayheadError `invalid-input` for a smart one, which is filled by its search */
  collectMedia: z.object({ collectionId: id, add: mediaIds.default([]), remove: mediaIds.default([]) }),
} as const;

export interface MarkResults {
  markMedia: { changed: number };
  rememberOpened: { openedAt: string };
  listTags: Tag[];
  listCollections: Collection[];
  saveCollection: Collection;
  deleteCollection: { removed: boolean };
  collectMedia: Collection;
}
