/** Every benchmark of the paper, from a folder in its own layout: whose answers are known has the score that is known beforehand. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { allBenchmarks, findBenchmark } from '../../../tools/eval/benchmarks/allBenchmarks.ts';
import { answerItems } from '../../../tools/eval/benchmarks/answerItems.ts';
import type { Benchmark, BenchmarkItem, ScoreRow } from '../../../tools/eval/benchmarks/benchmark.ts';
import { allLayouts, layOut } from '../../support/benchmarks/layOut.ts';

const bytes = new Uint8Array([0]);
const quiet = {
  judge: null,
  signal: new AbortController().signal,
  startProgress: () => ({ step: () => {}, end: () => {} }),
};
const media = { film: bytes, sound: bytes, frame: bytes };
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'playhead-benchmark-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function load(id: string): Promise<{ benchmark: Benchmark; items: BenchmarkItem[] }> {
  const benchmark = findBenchmark(id) as Benchmark;
  layOut(id, root, media);
  return { benchmark, items: await benchmark.load(root, { numFrames: 8 }) };
}

/** All rows, by "by/name". */
async function scoreOf(id: string, say: (item: BenchmarkItem) => string): Promise<Record<string, ScoreRow>> {
  const { benchmark, items } = await load(id);
  const answered = await answerItems({ ...benchmark, prompt: () => '' }, items, {
    answerer: { answer: async (_media, _question, item) => say(item) },
    record: { known: new Map(), keep: async () => {} },
    ...quiet,
  });
  expect([answered.missing, answered.unread]).toEqual([[], []]);
  return Object.fromEntries(benchmark.score(answered.results).map((row) => [`${row.by}/${row.name}`, row]));
}

/** What is right, in the form in which it is asked for. */
function rightAnswer(item: BenchmarkItem): string {
  const { answer } = item as BenchmarkItem & { answer: number | string | null };
  return typeof answer === 'number' ? `(${String.fromCharCode(65 + answer)})` : (answer ?? '');
}

const scored = allBenchmarks.filter(({ judge }) => !judge).map(({ id }) => id);

it('has a layout for each', () => {
  const plain = (id: string) => id.replace(/-subtitles$/, '');
  expect([...new Set(allBenchmarks.map(({ id }) => plain(id)))].sort()).toEqual(Object.keys(allLayouts()).sort());
});

it.each(scored)('%s: who knows all answers is right in everything', async (id) => {
  const { 'all/all': all } = await scoreOf(id, rightAnswer);
  const { 'says yes': _saysYes, ...shares } = all?.figures ?? {};
  expect(new Set(Object.values(shares))).toEqual(new Set([100]));
  expect(all?.questions).toBeGreaterThan(1);
});

it.each([
  ['mvbench', '(A)', { paper: 100 / 3, strict: 100 / 3 }],
  // What the reference cannot read is the third option to it.
  ['mvbench', 'I cannot say', { paper: 100 / 3, strict: 0 }],
  ['egoschema', '(C)', { paper: 50, strict: 50 }],
  ['perception-test', 'B', { paper: 100 / 3, strict: 100 / 3 }],
  ['video-mme', 'C', { paper: 100 / 3, official: 100 / 3, strict: 100 / 3 }],
  ['video-mme', 'I do not know', { paper: 100 / 3, official: null, strict: 0 }],
  ['clotho-aqa', 'Yes.', { paper: 100 / 3, strict: 100 / 3 }],
  ['tut2017', '(O)', { paper: 100 / 3, strict: 100 / 3 }],
  ['vocalsound', 'A.', { paper: 0, strict: 100 / 3 }],
  ['music-avqa', 'two', { paper: 100 / 3, strict: 100 / 3 }],
  ['cmm', 'Yes, I did.', { PA: 100, HR: 0, 'PA strict': 100, 'HR strict': 0 }],
  [
    'avhbench',
    'No',
    { accuracy: 200 / 3, 'accuracy strict': 200 / 3, precision: null, recall: 0, F1: 0, 'says yes': 0 },
  ],
])('%s: who always says “%s” has the share that this gives', async (id, said, figures) => {
  expect((await scoreOf(id, () => said))['all/all']?.figures).toEqual(figures);
});

it('groups are scored by themselves: tasks, areas, length, yes and no', async () => {
  expect(Object.keys(await scoreOf('mvbench', rightAnswer))).toEqual([
    ...['all/all', 'task/Action Sequence', 'task/Moving Count', 'task/Episodic Reasoning'],
  ]);
  const perception = await scoreOf('perception-test', () => '(C)');
  expect([perception['area/Memory']?.figures.paper, perception['area/Physics']?.figures.paper]).toEqual([50, 0]);
  const byLength = await scoreOf('video-mme', () => 'C');
  expect([byLength['duration/short']?.figures.paper, byLength['duration/long']?.figures.paper]).toEqual([0, 100]);
  const clotho = await scoreOf('clotho-aqa', () => 'Yes.');
  expect(clotho['answer/yes or no']?.figures.paper).toBe(50);
  expect(clotho['answer/yes or no, as the reference counts it']?.figures.paper).toBe(0);
  const avh = await scoreOf('avhbench', () => 'Yes');
  expect(avh['task/AV Captioning (not scored)']).toMatchObject({ questions: 1, figures: {} });
});

it('prompts are the reference’s, to the sign', async () => {
  const prompt = async (id: string, at = 0) => {
    const { benchmark, items } = await load(id);
    return benchmark.prompt(items[at] as BenchmarkItem);
  };
  const ending = "Answer with the option's letter from the given choices directly and only give the best option.";
  expect(await prompt('mvbench')).toBe(
    `Question: Which colour?\nOptions:\n(A) red\n(B) green\n(C) blue\n(D) grey\n${ending}`,
  );
  expect(await prompt('egoschema')).toBe(
    `Select the best answer to the following multiple-choice question based on the video.\nWhat does C do in one?\nOptions:\n(A) cooks\n(B) paints\n(C) walks\n(D) reads\n(E) sleeps\n${ending} The best answer is: `,
  );
  expect(await prompt('video-mme')).toBe(
    `Select the best answer to the following multiple-choice question based on the video. Respond with only the letter (A, B, C, or D) of the correct option.\nHow many squares move?\nA. 1.\nB. 2.\nC. 3.\nD. 4.\n${ending} The best answer is: `,
  );
  expect(await prompt('video-mme-subtitles', 2)).toMatch(/^This video's subtitles are listed below:\n\nSelect/);
  expect(await prompt('clotho-aqa')).toBe('Question: Is there water?\nAnswer the question using a single word.');
  expect(await prompt('vocalsound')).toBe(
    `Identify the human sound in the audio.\nOptions:\n(A) Laughter\n(B) Sigh\n(C) Cough\n(D) Throat clearing\n(E) Sneeze\n(F) Sniff\n.${ending}`,
  );
  expect(await prompt('music-avqa', 1)).toBe('How many sound?');
});

it('clips are bounded, frames are a folder with their rate, senses are those of the set', async () => {
  const mediaOf = async (id: string) => (await load(id)).items.map(({ media: { path: _path, ...rest } }) => rest);
  expect(await mediaOf('mvbench')).toEqual([
    { name: 'star/Charades_v1_480/AB12C.mp4', modality: 'video', segment: { startSec: 0.5, endSec: 1.5 } },
    { name: 'clevrer/video_validation/video_10000.mp4', modality: 'video' },
    {
      ...{ name: 'tvqa/frames_fps3_hq/house_s01e01_seg01_clip_01', modality: 'video' },
      ...{ segment: { startSec: 0.3, endSec: 2 }, framesPerSec: 3 },
    },
  ]);
  expect((await mediaOf('cmm')).map(({ modality }) => modality)).toEqual(['av', 'av', 'audio', 'video']);
  expect((await mediaOf('clotho-aqa')).map(({ modality }) => modality)).toEqual(['audio', 'audio', 'audio']);
});

it('what the servers take is written as they take it', async () => {
  for (const [id, expected] of [
    ['egoschema', { one: 1, two: 2, three: 2 }],
    [
      'perception-test',
      {
        video_1: [
          { id: 0, answer_id: 2, answer: 'four' },
          { id: 1, answer_id: 0, answer: 'a cup' },
        ],
        video_2: [{ id: 0, answer_id: 1, answer: 'no' }],
      },
    ],
  ] as const) {
    const { benchmark, items } = await load(id);
    const results = items.map((item) => {
      const text = rightAnswer(item);
      return { item, text, read: benchmark.parse(text, item), verdicts: [] };
    });
    expect(JSON.parse(benchmark.submission?.(results) ?? '')).toEqual(expected);
  }
});

it('a file that is not there, or of another form, is told by its name and the place in it', async () => {
  await expect(findBenchmark('egoschema')?.load(root, { numFrames: 8 })).rejects.toMatchObject({
    code: 'file-not-found',
    file: join(root, 'questions.json'),
  });
  const { benchmark } = await load('cmm');
  const file = join(root, 'all_data_final_reorg.jsonl');
  writeFileSync(file, `${readFileSync(file, 'utf8')}{"category": 3}\n`);
  await expect(benchmark.load(root, { numFrames: 8 })).rejects.toMatchObject({
    ...{ code: 'invalid-input', file },
    message: expect.stringContaining('line 5, category'),
  });
  writeFileSync(join(root, 'test.parquet'), 'no parquet');
  await expect(findBenchmark('video-mme')?.load(root, { numFrames: 8 })).rejects.toMatchObject({
    code: 'invalid-input',
  });
});

it('media that are not there are told by name, and the others are asked', async () => {
  const { benchmark, items } = await load('music-avqa');
  rmSync(join(root, 'videos/00000093.mp4'));
  const left = await benchmark.load(root, { numFrames: 8 });
  const answered = await answerItems(benchmark, left, {
    answerer: { answer: async () => 'cello' },
    record: { known: new Map(), keep: async () => {} },
    ...quiet,
  });
  expect(items.length).toBe(3);
  expect([answered.missing, answered.results.length]).toEqual([['00000093.mp4'], 1]);
});
