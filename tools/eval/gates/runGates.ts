/** What a bundle takes for its own world that is not, and what it turns away that is: questions and footage. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenBundle } from '../openBundle.ts';
import type { Benchmark } from '../readBenchmark.ts';
import { percent } from '../score.ts';
import { askFree } from './askFree.ts';
import { judgeFootage } from './judgeFootage.ts';
import { makeOutside, type OutsideUse } from './makeOutside.ts';
import { freeQuestions, freeSets, outsideQuestions, outsideSets } from './questionSets.ts';

/** Files of each kind of footage: about 200, 100, 50, 70, 110 and 120. */
const EACH_KIND = { measure: 4, later: 2, last: 2, figures: 2, styles: 2, stylesLater: 2 } satisfies Partial<
  Record<OutsideUse, number>
>;

export interface GateOptions {
  /** Clips and questions of the world that training never saw. */
  heldOut: Benchmark;
  /** Of these, so many clips are judged. */
  clips: number;
  /** Questions are left out. */
  onlyFootage: boolean;
}

/** What was counted, a row each, and what went wrong. */
interface Counts {
  rows: string[];
  faults: string[];
}

/** @returns lines of Markdown: a table, and below it each thing that went wrong */
export async function runGates(bundle: OpenBundle, { heldOut, clips, onlyFootage }: GateOptions): Promise<string> {
  const counts: Counts = { rows: [], faults: [] };
  if (!onlyFootage) await countQuestions(bundle, heldOut, counts);
  await countFootage(bundle, heldOut.clips.slice(0, clips), counts);
  return ['| what | counted | | share |', '|---|---|---|---|', ...counts.rows, '', ...counts.faults].join('\n');
}

async function countQuestions(bundle: OpenBundle, heldOut: Benchmark, { rows, faults }: Counts): Promise<void> {
  for (const set of outsideSets) {
    const asked = await outsideQuestions(set);
    const answered = await inDomain(bundle, asked);
    const yesOrNo = asked.filter(({ isYesOrNo }) => isYesOrNo).length;
    rows.push(row(`questions from outside (${set}; ${yesOrNo} yes-or-no)`, 'answered', answered.length, asked.length));
    faults.push(...answered.map(({ question }) => `answered: ${question}`));
  }
  const own = heldOut.clips.flatMap(({ questions }) => questions);
  const known = await inDomain(bundle, own);
  rows.push(row('held-out questions', 'refused', own.length - known.length, own.length));
  for (const set of freeSets) {
    const answers = await askFree(bundle, await freeQuestions(set));
    const right = answers.filter(({ isRight }) => isRight).length;
    rows.push(row(`questions in free words (${set})`, 'right', right, answers.length));
    rows.push(row('', 'refused', answers.filter(({ isRefused }) => isRefused).length, answers.length));
    const wrong = answers.filter(({ isRight }) => !isRight);
    faults.push(...wrong.map(({ clip, question, answer }) => `${clip}: ${question} ${answer}`));
  }
}

async function countFootage(
  bundle: OpenBundle,
  heldOut: readonly Benchmark['clips'][number][],
  { rows, faults }: Counts,
): Promise<void> {
  for (const use of Object.keys(EACH_KIND) as (keyof typeof EACH_KIND)[]) {
    const outside = await onOutsideFootage(bundle, use);
    rows.push(row(`footage from outside (${use})`, 'captioned', outside.known.length, outside.clips));
    faults.push(...outside.known.map(({ kind, caption }) => `${kind}: ${caption}`), ...outside.notes);
  }
  const seen = heldOut.map(({ path, name }) => ({ path, kind: name }));
  const refused = (await judgeFootage(bundle, seen)).filter(({ caption }) => caption === null);
  rows.push(row('held-out clips', 'refused', refused.length, seen.length));
  faults.push(...refused.map(({ kind }) => `refused: ${kind}`));
}

async function inDomain<T extends { question: string }>(bundle: OpenBundle, asked: readonly T[]): Promise<T[]> {
  const readings = await Promise.all(asked.map(({ question }) => bundle.api.readQuestion(question)));
  return asked.filter((_, index) => readings[index]?.isInDomain);
}

async function onOutsideFootage(bundle: OpenBundle, use: keyof typeof EACH_KIND) {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-outside-'));
  try {
    const { clips, missing } = await makeOutside(folder, use, EACH_KIND[use]);
    const judged = await judgeFootage(bundle, clips);
    return {
      clips: clips.length,
      known: judged.filter(({ caption }) => caption !== null),
      notes: missing.map((kind) => `this ffmpeg cannot make: ${kind}`),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function row(what: string, counted: string, part: number, whole: number): string {
  return `| ${what} | ${counted} | ${part} of ${whole} | ${percent(part, whole)} |`;
}
