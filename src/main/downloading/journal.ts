/**
 * What is known of a half-fetched file: `<name>.part.json` beside `<name>.part`. It says whose bytes these are and how
 * many of them were on the disk for certain; whatever the part holds beyond that is written anew.
 */
import { readFile, rm, stat, truncate } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import type { ListedFile, Listing } from './modelSource.ts';

const journalSchema = z.object({
  repository: z.string(),
  commit: z.string(),
  path: z.string(),
  size: z.int().min(0),
  sha256: z.string().nullable(),
  gitSha1: z.string().nullable(),
  bytes: z.int().min(0),
});
export type Journal = z.infer<typeof journalSchema>;

export const partOf = (file: string) => `${file}.part`;
const journalOf = (file: string) => `${file}.part.json`;

export function newJournal({ repository, commit }: Pick<Listing, 'repository' | 'commit'>, file: ListedFile): Journal {
  const { path, size, sha256, gitSha1 } = file;
  return { repository, commit, path, size, sha256, gitSha1, bytes: 0 };
}

/** Null where there is none that can be read. */
export async function readJournal(file: string): Promise<Journal | null> {
  const text = await readFile(journalOf(file), 'utf8').catch(() => null);
  try {
    return text === null ? null : journalSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** It is on the disk when this resolves. */
export async function writeJournal(file: string, journal: Journal): Promise<void> {
  await writeFileAtomic(journalOf(file), `${JSON.stringify(journal)}\n`);
}

/**
 * How many bytes of the part belong to what `wanted` names; the part is cut to them, and begun anew where it is of
 * something else. The same hash in another commit is the same file.
 */
export async function bytesToKeep(file: string, wanted: Journal): Promise<number> {
  const journal = await readJournal(file);
  const isSame =
    journal?.size === wanted.size &&
    (wanted.sha256 !== null ? journal.sha256 === wanted.sha256 : journal.gitSha1 === wanted.gitSha1) &&
    (wanted.sha256 !== null || wanted.gitSha1 !== null || journal.commit === wanted.commit);
  const onDisk = (await stat(partOf(file)).catch(() => null))?.size ?? 0;
  const bytes = isSame ? Math.min(journal.bytes, onDisk) : 0;
  if (bytes === 0) await rm(partOf(file), { force: true });
  else if (bytes < onDisk) await truncate(partOf(file), bytes);
  return bytes;
}

export async function removePart(file: string): Promise<void> {
  await rm(partOf(file), { force: true });
  await rm(journalOf(file), { force: true });
}

export async function removeJournal(file: string): Promise<void> {
  await rm(journalOf(file), { force: true });
}
