/** A folder as the Hub would list it: weights by SHA-256, text by git's hash. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface HubFile {
  path: string;
  content: Buffer;
  /** Null for small files. */
  sha256: string | null;
  gitSha1: string;
}

const isLfs = /\.(safetensors|bin)$/;

export async function readRepository(folder: string): Promise<{ commit: string; files: HubFile[] }> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.startsWith('expected.'))
    .map((entry) => join(entry.parentPath, entry.name));
  const files = await Promise.all(
    names.toSorted().map(async (name): Promise<HubFile> => {
      const content = await readFile(name);
      const gitSha1 = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
      const sha256 = isLfs.test(name) ? createHash('sha256').update(content).digest('hex') : null;
      return { path: name.slice(folder.length + 1).replaceAll('\\', '/'), content, sha256, gitSha1 };
    }),
  );
  const commit = createHash('sha1').update(files.map(({ path, gitSha1 }) => `${path} ${gitSha1}`).join('\n'));
  return { commit: commit.digest('hex'), files };
}
