/** What the server keeps with the library: its port, so that an open tab finds it again, and its key. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import { ignore } from '../../log/log.ts';

const schema = z.object({ port: z.int().min(0).max(65535), key: z.string().regex(/^[0-9a-f]{64}$/) });
export type ServerFile = z.infer<typeof schema>;

/** What an earlier start kept; a new key where there is none that can be read. */
export async function readServerFile(libraryFolder: string): Promise<ServerFile> {
  const text = await readFile(join(libraryFolder, 'server.json'), 'utf8').catch(() => '');
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return { port: 0, key: randomBytes(32).toString('hex') };
  }
}

/** Readable for the person's account alone. A disk that is full costs the tabs their way back, nothing else. */
export async function writeServerFile(libraryFolder: string, kept: ServerFile): Promise<void> {
  const file = join(libraryFolder, 'server.json');
  await writeFileAtomic(file, JSON.stringify(kept), { mode: 0o600 }).catch(ignore('the server’s port was not kept'));
}
