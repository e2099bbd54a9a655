/** Folders that are kept: what is in them comes into the library by itself, and stays true while the disk changes. */
import * as z from 'zod';

/**
 * `watched`: a change is told at once. `polled`: it is looked for now and then. `offline`: the folder cannot be
 * reached; its files keep everything. `idle`: this program does not watch folders.
 */
export type RootState = 'watched' | 'polled' | 'offline' | 'idle';

export interface Root {
  id: string;
  /** Absolute. */
  path: string;
  /** Patterns of what is left out of it: "*.proxy.mp4", "Old/**". */
  ignore: string[];
  /** ISO 8601. */
  addedAt: string;
  /** When all of it was last looked through; null while it never was. */
  lookedAt: string | null;
  /** Files of the library in it. */
  files: number;
  state: RootState;
  /** Why it is not watched, in words. */
  reason: string | null;
}

const id = z.string().min(1).max(200);
const pattern = z.string().trim().min(1).max(500);

export const rootSchemas = {
  listRoots: z.object({}),
  /** The folder is looked through again with the new patterns; what they leave out from now on stays until it is removed. */
  changeRoot: z.object({ rootId: id, ignore: z.array(pattern).max(200) }),
  /** The files on the disk are not touched. With `withFiles` they leave the library, else they stay and are not watched. */
  removeRoot: z.object({ rootId: id, withFiles: z.boolean().default(false) }),
  /** One root, or all of them. */
  rescan: z.object({ rootId: id.optional() }),
} as const;

export interface RootResults {
  listRoots: Root[];
  changeRoot: Root;
  removeRoot: { files: number };
  rescan: { jobIds: string[] };
}
