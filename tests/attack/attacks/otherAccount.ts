/** Another account of the machine tries to read the library, to find out its secrets, and to be heard by the server. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Attack } from '../attack.ts';
import { smallClips } from '../running/clips.ts';
import { untilIdle } from '../running/person.ts';
import { RunningPlayhead } from '../running/startPlayhead.ts';

/** “nobody” */
const account = { uid: 65_534, gid: 65_534 };
const intruder = join(import.meta.dirname, '..', 'programs', 'intruder.ts');

export const otherAccount: Attack = {
  name: 'another account of the machine',
  never: 'it reads something, finds a secret, or is heard',
  cases: 3,
  missing: process.platform === 'linux' && process.getuid?.() === 0 ? null : 'only root can become another account',
  run: () => intrude(),
  control: () => intrude(async (library) => void (await run('chmod', ['-R', 'a+rX', library]))),
  controlCases: 1,
};

const run = promisify(execFile);

/** @param open what a careless program does with its folder */
async function intrude(open?: (library: string) => Promise<void>): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-shared-'));
  await chmod(folder, 0o777); // nothing protects the library but its own rights
  const temporary = join(folder, 'temporary');
  const library = join(folder, 'library');
  await run('mkdir', ['-m', '1777', temporary]);
  const playhead = new RunningPlayhead({ library, env: { TMPDIR: temporary } });
  try {
    const client = await playhead.client;
    await client.call('addToLibrary', { paths: (await smallClips()).slice(0, 2) });
    const [first] = await smallClips();
    await client.call('ask', { source: { path: first as string }, question: 'What colour is it?' });
    await untilIdle(client);
    await open?.(library);
    return await found(playhead, library, temporary);
  } finally {
    await playhead.end();
    await rm(folder, { recursive: true, force: true });
  }
}

async function found(playhead: RunningPlayhead, library: string, temporary: string): Promise<string | null> {
  const address = new URL(await playhead.address);
  const pids = (await playhead.tree()).join(',');
  const files = [...(await allFiles(library)), ...(await allFiles(temporary))];
  const args = [intruder, library, address.origin, pids, ...files.slice(0, 500)];
  const { stdout } = await run(process.execPath, args, { ...account, cwd: '/', maxBuffer: 2 ** 28 });
  const { got, shown } = JSON.parse(stdout) as Record<'got' | 'shown', { what: string; text: string }[]>;
  if (got.length > 0) return `it got ${got.length} things: ${got.map(({ what }) => what).slice(0, 5)}`;
  const { key } = JSON.parse(await readFile(join(library, 'server.json'), 'utf8'));
  const secrets = [key, address.searchParams.get('code')?.split('.')[1]];
  const told = shown.find(({ text }) => secrets.some((secret) => text.includes(secret)));
  return told ? `the ${told.what} holds a secret` : null;
}

async function allFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
