/** What the small clips' index holds when nothing disturbs it: made once in a process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { smallClips } from './clips.ts';
import { type Contents, readContents } from './contents.ts';
import { untilIdle } from './person.ts';
import { RunningPlayhead } from './startPlayhead.ts';

let read: Promise<Contents> | null = null;

export function undisturbedContents(): Promise<Contents> {
  read ??= indexAlone();
  return read;
}

async function indexAlone(): Promise<Contents> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-undisturbed-'));
  const playhead = new RunningPlayhead({ library: join(folder, 'library') });
  try {
    const client = await playhead.client;
    await client.call('addToLibrary', { paths: await smallClips() });
    await untilIdle(client);
    await playhead.stop();
    return await readContents(join(folder, 'library'));
  } finally {
    await playhead.end();
    await rm(folder, { recursive: true, force: true });
  }
}
