/** Is this file what its repository lists? Size first, then the hash of every byte. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ListedFile } from './modelSource.ts';

export async function isAsListed(
  file: string,
  { size, sha256, gitSha1 }: ListedFile,
  signal?: AbortSignal,
): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile() || found.size !== size) return false;
  if (sha256 === null && gitSha1 === null) return true;
  const hash = createHash(sha256 !== null ? 'sha256' : 'sha1');
  if (sha256 === null) hash.update(`blob ${size}\0`);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, signal })) hash.update(chunk);
  return hash.digest('hex') === (sha256 ?? gitSha1);
}
