/** A program that writes a person's words is killed at a random moment, again and again on the same library. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLibrary } from '../../../src/main/library/createLibrary.ts';
import type { Attack } from '../attack.ts';
import { seededRandom } from '../random.ts';

export const kills: Attack = {
  name: 'kills while words are written',
  never: 'an acknowledged message is lost or doubled',
  cases: 300,
  run: (seed) => killOnce(seed),
  control: (seed) => killOnce(seed, 'early'),
  controlCases: 10,
};

async function killOnce(seed: number, mode?: string): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-kill-'));
  try {
    const random = seededRandom(seed);
    const { conversation, said } = await writeUntilKilled(folder, 1 + random.below(60), mode);
    const library = createLibrary({ folder });
    const { messages } = await library.getConversation(conversation);
    await library.close();
    const stored = messages.map(({ text }) => text);
    const lost = said.filter((text) => !stored.includes(text));
    if (lost.length > 0) return `lost: ${lost.join(', ')}`;
    return new Set(stored).size === stored.length ? null : 'doubled';
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Killed after this many acknowledged words; those that were printed until its end count, too. */
async function writeUntilKilled(folder: string, words: number, mode?: string) {
  const program = join(import.meta.dirname, '..', 'programs', 'words.ts');
  const child = spawn(process.execPath, [program, folder, ...(mode ? [mode] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
    if (printed.split('\n').length > words) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const lines = printed.split('\n').slice(0, -1);
  return {
    conversation: lines.find((line) => line.startsWith('conversation '))?.slice(13) ?? '',
    said: lines.filter((line) => line.startsWith('said ')).map((line) => line.slice(5)),
  };
}
