/**
 * Demo, indexing and a question by two versions of Playhead, in turn, so that what else the machine does meets both:
 * `node bench/compareVersions.ts <folder of the older checkout> [<folder of the newer>] [--runs 5]`.
 * Each is its built program, started as a person starts it; a build that is missing is made before the clock starts.
 * Neither checkout may change meanwhile: it would be built anew.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { readArguments, readNumber, refuseArguments } from '../scripts/lib/readArguments.mjs';
import { locateTools } from '../src/main/media/locateFfmpeg.ts';
import { secondsOf } from './repeat.ts';

const usage = 'Usage: node bench/compareVersions.ts <older checkout> [<newer checkout>] [--runs 5]';
const { positionals, values } = readArguments(usage, {
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' } },
});
const runs = readNumber(values.runs, { name: 'runs', usage, least: 1 });
const [older, newer = join(import.meta.dirname, '..')] = positionals;
if (older === undefined) refuseArguments('Which version is compared with?', usage);

const folder = await mkdtemp(join(tmpdir(), 'playhead-versions-'));
const steps = ['demo', 'index', 'ask'] as const;
type Step = (typeof steps)[number];
type Seconds = Record<Step, number[]>;

try {
  const clip = await makeClip();
  const sides = [resolve(older), resolve(newer)].map((checkout) => ({
    checkout,
    seconds: { demo: [], index: [], ask: [] } as Seconds,
  }));
  for (const { checkout } of sides) await playhead(checkout, '--version');
  for (let run = 0; run < runs; run++) {
    // Each goes first every other time.
    for (const side of run % 2 === 0 ? sides : sides.toReversed()) await measure(side.checkout, clip, side.seconds);
  }
  for (const step of steps) print(step, ...sides.map(({ seconds }) => seconds[step]));
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** A film of the sample model's world whose content is no sample clip's, so that no prepared index is taken for it. */
async function makeClip(): Promise<string> {
  const { ffmpeg } = await locateTools();
  const sample = join(import.meta.dirname, '../resources/samples/parade.mp4');
  const file = join(folder, 'bench.mp4');
  const encoding = ['-c:v', 'libx264', '-preset', 'veryfast', '-c:a', 'aac'];
  await execa(ffmpeg.path ?? 'ffmpeg', ['-v', 'error', '-i', sample, ...encoding, file]);
  return file;
}

async function measure(checkout: string, clip: string, seconds: Seconds): Promise<void> {
  const library = await mkdtemp(join(folder, 'library-'));
  seconds.demo.push(await secondsOf(() => playhead(checkout, 'demo')));
  seconds.index.push(await secondsOf(() => playhead(checkout, 'index', clip, '--library', library)));
  const question = 'What can be heard?';
  seconds.ask.push(await secondsOf(() => playhead(checkout, 'ask', clip, question, '--library', library)));
  await rm(library, { recursive: true, force: true });
}

function playhead(checkout: string, ...args: string[]): Promise<unknown> {
  return execa(process.execPath, [join(checkout, 'scripts', 'playhead.mjs'), ...args], { cwd: checkout });
}

function print(step: Step, ...[before = [], after = []]: number[][]): void {
  const told = (seconds: number[]) => seconds.map((value) => value.toFixed(2)).join(' ');
  console.log(`${step.padEnd(6)} older ${Math.min(...before).toFixed(2)} s (${told(before)})`);
  console.log(`${' '.repeat(6)} newer ${Math.min(...after).toFixed(2)} s (${told(after)})`);
}
