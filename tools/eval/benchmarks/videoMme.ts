/**
 * Video-MME (arXiv 2405.21075): four-choice questions about short, medium and long films, with and without subtitles. The
 * questions lie in a Parquet file. Prompt and reader are those of VideoLLaMA 2's `inference_video_mcqa_videomme.py`, the
 * official scorer is the benchmark's own `eval_your_results.py`.
 */
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Benchmark, type BenchmarkResult, defineBenchmark, type ReadAnswer } from './benchmark.ts';
import { check, findFilm, folderOf } from './benchmarkFiles.ts';
import { answerByLetter, type Choice, type ChoiceItem, guess, readStrictly, withoutAnswerWord } from './choices.ts';
import { readParquet } from './readParquet.ts';
import { scoreRows, share } from './scoreRows.ts';
import { subtitlesOfFrames } from './subtitlesOfFrames.ts';

const schema = z.array(
  z.object({
    ...{ videoID: z.string().min(1), duration: z.string(), domain: z.string(), sub_category: z.string() },
    ...{ question_id: z.string(), task_type: z.string(), question: z.string() },
    options: z.array(z.string()).length(4),
    answer: z.enum(['A', 'B', 'C', 'D']),
  }),
);

interface VideoMmeItem extends ChoiceItem {
  /** As they are printed: "A. Apples." */
  printed: string[];
  subtitles: string | null;
  numFrames: number;
}

/** `official`: what the benchmark's own scorer finds in the text; null where it finds nothing. */
interface Found {
  choice: Choice;
  official: Choice | null;
}

const ending = `${answerByLetter} The best answer is: `;

const withoutSubtitles: Benchmark<VideoMmeItem, Found> = {
  id: 'video-mme',
  name: 'Video-MME, without subtitles',
  family: 'MC-VQA',
  layout: 'test-00000-of-00001.parquet, videos/<YouTube id>.mp4',
  async load(root, { numFrames }) {
    const [file = 'test-00000-of-00001.parquet'] = globSync(['*.parquet', 'videomme/*.parquet'], { cwd: root }).sort();
    const films = folderOf(root, 'videos', 'data');
    const rows = check(join(root, file), await readParquet(join(root, file)), schema);
    return rows.map((row) => {
      const subtitles = join(folderOf(root, 'subtitles', 'subtitle'), `${row.videoID}.srt`);
      const { duration, domain, task_type: task, sub_category: category } = row;
      return {
        ...{ id: row.question_id, question: row.question, printed: row.options, numFrames },
        options: row.options.map((option) => option.replace(/^[A-D]\. /, '')),
        answer: 'ABCD'.indexOf(row.answer),
        subtitles: existsSync(subtitles) ? subtitles : null,
        media: { name: row.videoID, path: findFilm(films, row.videoID), modality: 'video' as const },
        groups: { duration, domain, task, category },
      };
    });
  },
  prompt: ({ question, printed }) =>
    `Select the best answer to the following multiple-choice question based on the video. Respond with only the letter (A, B, C, or D) of the correct option.\n${question}\n${printed.map((option) => `${option}\n`).join('')}${ending}`,
  parse: readLikeVideoMme,
  score,
};

export const videoMme = defineBenchmark(withoutSubtitles);

export const videoMmeSubtitles = defineBenchmark({
  ...withoutSubtitles,
  id: 'video-mme-subtitles',
  name: 'Video-MME, with subtitles',
  layout: `${withoutSubtitles.layout}, subtitles/<YouTube id>.srt`,
  async prompt(item) {
    const { path } = item.media;
    const subtitles =
      item.subtitles && path
        ? await subtitlesOfFrames({ subtitles: item.subtitles, film: path, numFrames: item.numFrames })
        : '';
    return `This video's subtitles are listed below:\n${subtitles}\n${await withoutSubtitles.prompt(item)}`;
  },
});

function readLikeVideoMme(text: string, { printed, options }: VideoMmeItem): ReadAnswer<Found> {
  const said = withoutAnswerWord(text);
  const [, letter] = said.match(/[( []*([A-D])[). \]]*/) ?? [];
  // Their pattern for an option's text loses its last letter, which most often is a stop.
  const names = printed.map((option) => (option.match(/[A-D]\. (.*)./)?.[1] ?? '').toLowerCase());
  const isNamed = (name: string) => [name, digits[name] ?? name].some((word) => said.toLowerCase().includes(word));
  const byText = letter === undefined ? names.findIndex(isNamed) : -1;
  const choice = letter === undefined ? (byText === -1 ? guess.paper : byText) : 'ABCD'.indexOf(letter);
  const how = letter !== undefined ? 'letter' : byText === -1 ? 'fallback' : 'text';
  const official = readOfficially(text);
  const strict = readStrictly(text, options);
  return { paper: { choice, official }, strict: strict === null ? null : { choice: strict, official }, how };
}

const digits: Record<string, string> = Object.fromEntries(
  ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'].map((word, digit) => [digit, word]),
);

/** Two commas are missing in the benchmark's own list, so that two pairs of phrases are one phrase each there. */
const phrases = [
  ...['The best answer is', 'The correct answer is', 'The answer is', 'The answer'],
  ...['The best option isThe correct option is', 'Best answer:Best option:'],
];

function readOfficially(text: string): Choice | null {
  const said = phrases.reduce((rest, phrase) => rest.replaceAll(phrase, ''), text.trim());
  const isLong = said.split(/\s+/).filter(Boolean).length > 10;
  const [letter] = said.match(/[ABCD]/) ?? [];
  return letter === undefined || (isLong && !/[ABCD]/.test(said)) ? null : 'ABCD'.indexOf(letter);
}

/** `official` leaves an answer in which nothing is found out of the count, as the benchmark's own scorer does. */
function score(results: readonly BenchmarkResult<VideoMmeItem, Found>[]) {
  return scoreRows(results, (some) => {
    const found = some.filter(({ read }) => read.paper.official !== null);
    const right = (is: (result: (typeof some)[number]) => boolean) => some.filter(is).length;
    return {
      paper: share(
        right(({ read, item }) => read.paper.choice === item.answer),
        some.length,
      ),
      official: share(
        right(({ read, item }) => read.paper.official === item.answer),
        found.length,
      ),
      strict: share(
        right(({ read, item }) => read.strict?.choice === item.answer),
        some.length,
      ),
    };
  });
}
