/**
 * `npm run attack [-- --part k/n --cases n --only word]`: every attack with its seeds, as many as are missing in
 * `.attack/`; `--only` names a part of an attack's name.
 * What is done is written down case by case, so that a run that was broken off goes on. Ends with the table of figures.
 */
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readArguments, readNumber, refuseArguments } from '../../scripts/lib/readArguments.mjs';
import type { Attack } from './attack.ts';
import { attacks } from './attacks/all.ts';

const folder = join(import.meta.dirname, '..', '..', '.attack');
const usage = `Usage: npm run attack [-- --part k/n] [--cases n] [--only word]
  Every attack with its seeds, as many as are missing in .attack/.
  --part 2/4     a quarter of the seeds, the second
  --cases 10     of each attack no more than so many
  --only word    the attacks whose names hold this word`;
const { values: flags } = readArguments(usage, {
  options: {
    part: { type: 'string', default: '1/1' },
    cases: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});
const [part = 0, parts = 0] = (/^[1-9]\d*\/[1-9]\d*$/.exec(flags.part)?.[0] ?? '').split('/').map(Number);
if (part < 1 || part > parts) refuseArguments(`--part is one of so many parts, as in 2/4, not "${flags.part}"`, usage);
const most = flags.cases === undefined ? Number.POSITIVE_INFINITY : readNumber(flags.cases, { name: 'cases', usage });
if (!attacks.some(({ name }) => name.includes(flags.only)))
  refuseArguments(`No attack is named "${flags.only}"`, usage);

interface Outcome {
  seed: number;
  wrong: string | null;
}

await mkdir(folder, { recursive: true });
let failures = 0;
for (const attack of attacks.filter(({ name }) => name.includes(flags.only))) {
  if (attack.missing) {
    console.log(`${attack.name}: passed over, ${attack.missing}`);
    continue;
  }
  const cases = Math.min(attack.cases, most);
  const outcomes = await runMissing(attack, cases);
  const wrong = outcomes.filter((outcome) => outcome.wrong !== null);
  const seen = await seesInControl(attack);
  if (wrong.length > 0 || !seen) failures++;
  console.log(
    `${attack.name}: ${outcomes.length} cases, ${wrong.length} times ${attack.never}; ${seen ? 'the control fails, as it must' : 'THE CONTROL SEES NOTHING'}`,
  );
  for (const outcome of wrong.slice(0, 10)) console.log(`  seed ${outcome.seed}: ${outcome.wrong}`);
}
process.exit(failures === 0 ? 0 : 1);

/** The cases of this part that no earlier run has done, and the outcomes of all of them. */
async function runMissing(attack: Attack, cases: number): Promise<Outcome[]> {
  const file = join(folder, `${attack.name.replaceAll(/[^a-z0-9]+/gi, '-')}.jsonl`);
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const outcomes = lines.map((line) => JSON.parse(line) as Outcome);
  const done = new Set(outcomes.map(({ seed }) => seed));
  for (let seed = 1; seed <= cases; seed++) {
    if (seed % parts !== part % parts || done.has(seed)) continue;
    const outcome = { seed, wrong: await attack.run(seed) };
    outcomes.push(outcome);
    await appendFile(file, `${JSON.stringify(outcome)}\n`);
  }
  return outcomes;
}

async function seesInControl(attack: Attack): Promise<boolean> {
  for (let seed = 1; seed <= attack.controlCases; seed++) if (await attack.control(seed)) return true;
  return false;
}
