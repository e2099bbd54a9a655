/**
 * `node tools/calibrateMeaning.ts`: how near in meaning a text must be to a question. 143 of 159 texts are asked for in
 * words of their own (`meaning/pairs.txt`), and 164 questions are about what none of them speaks of (`nonsense.txt`).
 * For libraries of several sizes: the share of these that find anything, the share of those that find their text, at
 * every floor; then at the floor that search uses (`nearEnough`), for both halves of the questions apart.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nearEnough } from '../src/main/library/search/findTexts.ts';
import { parseQuestion } from '../src/main/library/search/parseQuestion.ts';
import { openTextEncoder } from '../src/main/recognising/meaning/textEncoder.ts';
import { graphFolder } from '../src/main/recognising/modelFiles.ts';

const SIZES = [5, 20, 50, 159];
const FLOORS = [0.4, 0.44, 0.48, 0.5, 0.52, 0.54, 0.56, 0.58, 0.6];
/** Libraries of each size, drawn from the texts with a fixed beginning. */
const DRAWS = 40;

const lines = async (file: string) =>
  (await readFile(join(import.meta.dirname, 'meaning', file), 'utf8')).trim().split('\n');
const pairs = (await lines('pairs.txt')).map((line) => line.split(' | ') as [text: string, question: string]);
const encoder = await openTextEncoder(join(import.meta.dirname, '..', 'resources', 'text-meaning'), graphFolder());
const encodeAll = async (texts: string[]) => {
  const vectors: Float32Array[] = [];
  for (const text of texts) vectors.push((await encoder.encode(text)) as Float32Array);
  return vectors;
};
const texts = await encodeAll(pairs.map(([text]) => text));
/** Of the pairs, those whose question reads like a phrase; a list of words is looked for by its words alone. */
const asked = [...pairs.entries()].filter(([, [, question]]) => parseQuestion(question).isPhrase);
/** Cosines to every text, of each question; and the place of its own text. */
const right = (await encodeAll(asked.map(([, [, question]]) => question))).map(toTexts);
const ownPlace = new Map(right.map((cosines, at) => [cosines, asked[at]?.[0] as number]));
const nonsense = (await encodeAll(await lines('nonsense.txt'))).map(toTexts);
await encoder.release();

for (const size of SIZES) {
  console.log(`\n${size} texts   floor  nonsense that finds anything  questions that find their text`);
  for (const floor of FLOORS) print(floor, nonsenseShare(size, floor, nonsense), foundShare(floor, right));
  const floor = nearEnough(size);
  for (const half of [0, 1]) {
    const ofHalf = (_: unknown, at: number) => at % 2 === half;
    const shares = [
      nonsenseShare(size, floor, nonsense.filter(ofHalf)),
      foundShare(floor, right.filter(ofHalf)),
    ] as const;
    print(floor, ...shares, half === 0 ? 'in use, one half' : 'in use, the other half');
  }
}

function toTexts(question: Float32Array): number[] {
  return texts.map((text) => text.reduce((sum, value, at) => sum + value * (question[at] as number), 0));
}

function foundShare(floor: number, questions: readonly number[][]): number {
  return (
    questions.filter((cosines) => (cosines[ownPlace.get(cosines) as number] as number) >= floor).length /
    questions.length
  );
}

/** Over libraries of that many texts. */
function nonsenseShare(size: number, floor: number, questions: readonly number[][]): number {
  const random = numbersFrom(size);
  let found = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const library = texts.map((_, at) => ({ at, order: random() })).toSorted((a, b) => a.order - b.order);
    const chosen = library.slice(0, size).map(({ at }) => at);
    found += questions.filter((cosines) => chosen.some((at) => (cosines[at] as number) >= floor)).length;
  }
  return found / DRAWS / questions.length;
}

/** The same numbers from 0 to 1 on every run (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function print(floor: number, nonsenseFound: number, rightFound: number, note = ''): void {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`.padStart(8);
  console.log(`            ${floor.toFixed(3)}  ${percent(nonsenseFound)}    ${percent(rightFound)}  ${note}`);
}
