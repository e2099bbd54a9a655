/**
 * The whole program is killed at random moments while it indexes and answers: the main process, all of it, or one of
 * its helpers. In the end its library has to hold what an undisturbed run gives.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Attack } from '../attack.ts';
import { type Random, seededRandom } from '../random.ts';
import { smallClips } from '../running/clips.ts';
import { differenceOf, readContents } from '../running/contents.ts';
import { Person, untilIdle, untilListed } from '../running/person.ts';
import { canListProcesses, killHard } from '../running/processes.ts';
import { RunningPlayhead } from '../running/startPlayhead.ts';
import { undisturbedContents } from '../running/undisturbed.ts';

const killsPerCase = 20;

export const programKills: Attack = {
  name: 'kills of the whole program and its helpers, 20 a case',
  never: 'what was acknowledged is lost, doubled or stuck, or the index is another',
  cases: 35,
  missing: canListProcesses ? null : 'processes are listed in /proc alone',
  run: (seed) => killAgainAndAgain(seed, killsPerCase),
  control: (seed) => killAgainAndAgain(seed, 3, forgetJournal),
  controlCases: 5,
};

/** @param afterKill what befalls the library between two starts */
export async function killAgainAndAgain(
  seed: number,
  kills: number,
  afterKill?: (library: string) => Promise<void>,
): Promise<string | null> {
  const random = seededRandom(seed);
  const expected = await undisturbedContents();
  const folder = await mkdtemp(join(tmpdir(), 'playhead-killed-'));
  const library = join(folder, 'library');
  const person = new Person(random);
  const clips = await smallClips();
  let playhead = new RunningPlayhead({ library });
  try {
    for (let kill = 0; kill < kills; kill++) {
      const files = kill % 3 === 0 ? clips.slice(kill / 3, kill / 3 + 1) : [];
      const about = files.length === 0 || random.chance(0.3) ? random.pick(clips) : null;
      const acts = playhead.client.then((client) => person.actOn(client, files, about)).catch(() => {});
      if (afterKill)
        await acts; // something has to be there that can be lost
      else await new Promise((resolve) => setTimeout(resolve, 200 + random.below(4000)));
      await killSome(playhead, random, afterKill ? 'tree' : random.pick(['main', 'tree', 'helper']));
      if (playhead.isRunning) continue;
      await acts;
      await afterKill?.(library);
      playhead = new RunningPlayhead({ library });
    }
    const unasked = clips.map((clip) => basename(clip)).filter((name) => !person.added.has(name));
    const names = [...expected.keys()].filter((name) => !unasked.includes(name));
    return (await wrongAtTheEnd(playhead, person, names)) ?? (await indexedOtherwise(names));
  } catch (thrown) {
    return `raw: ${String(thrown)}`;
  } finally {
    await playhead.end();
    await rm(folder, { recursive: true, force: true });
  }

  async function indexedOtherwise(names: readonly string[]): Promise<string | null> {
    const { code, left } = await playhead.stop();
    if (code !== 0) return `it ended with ${code}: ${playhead.complaints.slice(0, 300)}`;
    if (left.length > 0) return `${left.length} processes outlive it`;
    return differenceOf(await readContents(library), expected, names);
  }
}

/** The main process, the whole tree, or one helper or tool of it, whatever runs just now. */
async function killSome(playhead: RunningPlayhead, random: Random, who: 'main' | 'tree' | 'helper'): Promise<void> {
  const tree = await playhead.tree();
  const [main, ...others] = tree as [number, ...number[]];
  const doomed = who === 'tree' ? tree : who === 'helper' && others.length > 0 ? [random.pick(others)] : [main];
  for (const pid of doomed) killHard(pid);
  if (doomed.includes(main)) await playhead.ended;
}

/** The rest of the work is done in peace. */
async function wrongAtTheEnd(
  playhead: RunningPlayhead,
  person: Person,
  names: readonly string[],
): Promise<string | null> {
  const client = await playhead.client;
  await untilListed(client, names);
  await untilIdle(client);
  // What was killed three times in one step is set aside, by name: the person tries it again.
  await client.call('changeJobs', { change: 'retry', kinds: ['scan', 'index'] });
  const open = await untilIdle(client);
  if (open.length > 0) return `${open.length} jobs never end: ${open[0]?.title} (${open[0]?.stage})`;
  return person.misses(client);
}

/** What an unprotected program does: the journal, in which the last commits are, is not looked at again. */
async function forgetJournal(library: string): Promise<void> {
  for (const name of ['library.sqlite', 'index.sqlite']) await rm(join(library, `${name}-wal`), { force: true });
}
