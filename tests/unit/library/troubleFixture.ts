import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createLibrary } from '../../../src/main/library/createLibrary.ts';
import { addIndexedFile, knows, temporaryFolder } from './libraryFixture.ts';

/** A program of `programs/` that writes or holds a library beside this one. */
export function start(program: string, ...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'programs', program), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Writes noise over the middle of a file, without changing its size. */
export function damage(file: string): void {
  const { size } = statSync(file);
  const noise = Buffer.alloc(Math.floor(size * 0.7), 0xa7);
  const handle = openSync(file, 'r+');
  writeSync(handle, noise, 0, noise.length, Math.floor(size * 0.2));
  closeSync(handle);
}

/** A closed library with an index of a few hundred pages and a conversation. */
export async function filledFolder(): Promise<{ folder: string; mediaId: string }> {
  const folder = temporaryFolder();
  const library = createLibrary({ folder });
  const segments = Array.from({ length: 200 }, (_, index) => [
    knows('caption', `a dog number${index} runs over the green meadow ${'and over the hill '.repeat(40)}`),
  ]);
  const { mediaId } = await addIndexedFile(library, '/v/a.mp4', segments);
  await library.createConversation(mediaId, 'which dog?');
  await library.close();
  return { folder, mediaId };
}
