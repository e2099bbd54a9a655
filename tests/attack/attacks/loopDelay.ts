/** How long the main process's event loop is held up while Playhead indexes and answers, beside an idle Node process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlayheadClient } from '../../../src/contract/index.ts';
import type { Attack } from '../attack.ts';
import { seededRandom } from '../random.ts';
import { smallClips } from '../running/clips.ts';
import { Person, untilIdle } from '../running/person.ts';
import { RunningPlayhead } from '../running/startPlayhead.ts';

const programs = join(import.meta.dirname, '..', 'programs');
const measuring = ['--import', join(programs, 'measureLoop.ts')];
const blocked = [...measuring, '--import', join(import.meta.dirname, '..', 'without', 'swiftness.ts')];

export const loopDelay: Attack = {
  name: 'the main process’s event loop while it indexes and answers',
  never: 'its p99 is more than twice that of an idle Node process beside it',
  cases: 5,
  missing: process.platform === 'win32' ? 'there is no SIGUSR2 on Windows' : null,
  run: (seed) => compareWithIdle(seed, measuring),
  control: (seed) => compareWithIdle(seed, blocked),
  controlCases: 2,
};

/** Milliseconds. */
interface Delay {
  p50: number;
  p99: number;
  max: number;
}

async function compareWithIdle(seed: number, nodeFlags: string[]): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-loop-'));
  const files = { main: join(folder, 'main.json'), idle: join(folder, 'idle.json') };
  const playhead = new RunningPlayhead({
    library: join(folder, 'library'),
    nodeFlags,
    env: { PLAYHEAD_LOOP_FILE: files.main },
  });
  const idle = spawn(process.execPath, [...measuring, join(programs, 'idle.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PLAYHEAD_LOOP_FILE: files.idle },
  });
  try {
    const [client] = await Promise.all([playhead.client, once(idle.stdout, 'data')]);
    const both = () => Promise.all([measured(playhead.child, files.main), measured(idle, files.idle)]);
    await both(); // the start does not count
    await keepBusy(client, seed);
    const [main, resting] = await both();
    const words = `p99 ${main.p99.toFixed(1)} ms (most ${main.max.toFixed(0)}), an idle one ${resting.p99.toFixed(1)} ms (most ${resting.max.toFixed(0)})`;
    if (process.env.PLAYHEAD_ATTACK_LOUD) console.log(words);
    return main.p99 <= 2 * resting.p99 ? null : words;
  } finally {
    idle.kill('SIGKILL');
    await playhead.end();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Files are indexed, questions answered, and the window looks and searches meanwhile. */
async function keepBusy(client: PlayheadClient, seed: number): Promise<void> {
  const clips = await smallClips();
  const person = new Person(seededRandom(seed));
  await person.actOn(client, clips, clips[0] as string);
  for (const clip of clips) await person.actOn(client, [], clip);
  let isBusy = true;
  const looking = (async () => {
    while (isBusy) {
      await client.call('listMedia', {});
      await client.call('search', { text: 'red circle' });
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  })();
  await untilIdle(client);
  isBusy = false;
  await looking;
}

async function measured(child: ChildProcess, file: string): Promise<Delay> {
  await rm(file, { force: true });
  child.kill('SIGUSR2');
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text.endsWith('}')) return JSON.parse(text);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
