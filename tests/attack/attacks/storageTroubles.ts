/**
 * The disk fills up, or another program holds the library, at random moments while Playhead indexes and answers, and a
 * while later the trouble is over. Everything that was asked for has to be done in the end, by itself.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { libraryFiles } from '../../../src/main/library/libraryFiles.ts';
import type { Attack } from '../attack.ts';
import { type Random, seededRandom } from '../random.ts';
import { smallClips } from '../running/clips.ts';
import { differenceOf, readContents } from '../running/contents.ts';
import { Person, untilIdle } from '../running/person.ts';
import { RunningPlayhead } from '../running/startPlayhead.ts';
import { fillDisk, holdDatabase, mountSmallDisk, noSmallDisk } from '../running/troubles.ts';
import { undisturbedContents } from '../running/undisturbed.ts';

type Trouble = (library: string, random: Random) => Promise<() => Promise<void>>;

/** A file that is being indexed and a question that is being answered, in turns. */
const momentsPerCase = 10;
const withoutPatience = ['--import', join(import.meta.dirname, '..', 'without', 'patience.ts')];

const troubles: Record<string, Trouble> = {
  'the disk is full': fillDisk,
  'another program holds the library': (library, random) => {
    const { library: words, index } = libraryFiles(library);
    return holdDatabase(random.pick([words, index]));
  },
};

export const storageTroubles: { attack: Attack; trouble: Trouble }[] = Object.entries(troubles).map(
  ([name, trouble]) => ({
    trouble,
    attack: {
      name: `${name}, at 10 moments a case`,
      never: 'the program ends, something asked for fails, or work does not go on by itself',
      cases: 10,
      missing: noSmallDisk,
      run: (seed) => troubleAtMoments(seed, trouble, momentsPerCase),
      control: (seed) => troubleAtMoments(seed, trouble, 4, withoutPatience),
      controlCases: 3,
    },
  }),
);

export async function troubleAtMoments(
  seed: number,
  trouble: Trouble,
  moments: number,
  nodeFlags: string[] = [],
): Promise<string | null> {
  const random = seededRandom(seed);
  const expected = await undisturbedContents();
  const folder = await mkdtemp(join(tmpdir(), 'playhead-trouble-'));
  const unmount = await mountSmallDisk(join(folder, 'disk'), 128);
  const library = join(folder, 'disk', 'library');
  const person = new Person(random);
  const clips = await smallClips();
  const playhead = new RunningPlayhead({ library, nodeFlags });
  try {
    const client = await playhead.client;
    const acts: Promise<string | null>[] = [];
    for (let moment = 0; moment < moments; moment++) {
      const files = moment % 2 === 0 ? clips.slice(moment / 2, moment / 2 + 1) : [];
      acts.push(person.actOn(client, files, random.pick(clips)).then(() => null, String));
      await pause(random.below(4000));
      const end = await trouble(library, random);
      await pause(200 + random.below(3000));
      await end();
    }
    const refused = (await Promise.all(acts)).find((wrong) => wrong !== null);
    if (refused) return refused;
    const open = await untilIdle(client);
    if (open.length > 0) return `${open.length} jobs never end: ${open[0]?.title} (${open[0]?.stage})`;
    const wrong = (await person.misses(client)) ?? (await failedAnswer(person, playhead));
    if (wrong) return wrong;
    if (!playhead.isRunning) return `it has ended: ${playhead.complaints.slice(0, 300)}`;
    const { left } = await playhead.stop();
    if (left.length > 0) return `${left.length} processes outlive it`;
    const added = clips.map((clip) => basename(clip)).filter((name) => person.added.has(name));
    return differenceOf(await readContents(library), expected, added);
  } catch (thrown) {
    return `${playhead.isRunning ? 'raw' : 'it has ended'}: ${String(thrown)} ${playhead.complaints.slice(0, 300)}`;
  } finally {
    await playhead.end();
    unmount();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Trouble of the disk is no reason to leave a question unanswered. */
async function failedAnswer(person: Person, playhead: RunningPlayhead): Promise<string | null> {
  const client = await playhead.client;
  for (const { question, conversationId, messageId } of person.asked) {
    const { messages } = await client.call('getConversation', { conversationId });
    const answer = messages.find(({ id }) => id === messageId);
    if (answer?.state !== 'done') return `“${question}” is ${answer?.state}: ${answer?.error?.message}`;
  }
  return null;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
