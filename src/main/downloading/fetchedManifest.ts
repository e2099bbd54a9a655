/** What was fetched, as a file in its folder: from it another machine takes the same model, and an update knows what it has. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';

const listedFileSchema = z.object({
  path: z.string(),
  size: z.int().min(0),
  sha256: z.string().nullable(),
  gitSha1: z.string().nullable(),
});
const partSchema = z.object({
  repository: z.string(),
  commit: z.string(),
  /** Below the folder; empty for the folder itself. */
  into: z.string(),
  files: z.array(listedFileSchema),
});
const manifestSchema = z.object({ formatVersion: z.literal(1), name: z.string(), parts: z.array(partSchema).min(1) });
export type FetchedPart = z.infer<typeof partSchema>;
export type FetchedManifest = z.infer<typeof manifestSchema>;

export const fetchedManifestName = 'playhead-download.json';

/** Null where the folder holds none that can be read: it was not fetched to its end. */
export async function readFetched(folder: string): Promise<FetchedManifest | null> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, fetchedManifestName), 'utf8')));
  } catch {
    return null;
  }
}

export async function writeFetched(folder: string, manifest: FetchedManifest): Promise<void> {
  await writeFileAtomic(join(folder, fetchedManifestName), `${JSON.stringify(manifest, null, 2)}\n`);
}
