/**
 * EgoSchema (arXiv 2308.09126): five-choice questions about three minutes seen with somebody's own eyes. The answers of 500
 * questions are public (`subset_answers.json`); the others are known to the validation server alone, which takes the
 * submission. Prompt and reader are those of VideoLLaMA 2's `inference_video_mcqa_egoschema.py`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { defineBenchmark } from './benchmark.ts';
import { findFilm, folderOf, readJsonFile } from './benchmarkFiles.ts';
import {
  answerByLetter,
  type Choice,
  type ChoiceItem,
  guess,
  optionLines,
  readChoice,
  readFirstLetter,
  scoreChoices,
  withoutAnswerWord,
} from './choices.ts';

const schema = z.array(
  z.object({
    q_uid: z.string().min(1),
    question: z.string(),
    ...{ 'option 0': z.string(), 'option 1': z.string(), 'option 2': z.string() },
    ...{ 'option 3': z.string(), 'option 4': z.string() },
  }),
);
const answersSchema = z.record(z.string(), z.int().min(0).max(4));

export const egoSchema = defineBenchmark<ChoiceItem, Choice>({
  id: 'egoschema',
  name: 'EgoSchema',
  family: 'MC-VQA',
  layout: 'questions.json, subset_answers.json, good_clips_git/<q_uid>.mp4',
  async load(root) {
    const known = join(root, 'subset_answers.json');
    const answers = existsSync(known) ? await readJsonFile(known, answersSchema) : {};
    const films = folderOf(root, 'good_clips_git', 'videos');
    const questions = await readJsonFile(join(root, 'questions.json'), schema);
    return questions.map((entry) => ({
      id: entry.q_uid,
      question: entry.question,
      options: ([0, 1, 2, 3, 4] as const).map((index) => entry[`option ${index}`]),
      answer: answers[entry.q_uid] ?? null,
      media: { name: entry.q_uid, path: findFilm(films, entry.q_uid), modality: 'video' },
      groups: {},
    }));
  },
  prompt: ({ question, options }) =>
    `Select the best answer to the following multiple-choice question based on the video.\n${question}\nOptions:\n${optionLines(options)}${answerByLetter} The best answer is: `,
  parse(text, { options }) {
    const letter = readFirstLetter(withoutAnswerWord(text), /[( ]*[A-E][) ]*/, options.length);
    return readChoice(text, options, typeof letter === 'number' ? { paper: letter, how: 'letter' } : guess);
  },
  score: scoreChoices,
  submission: (results) =>
    JSON.stringify(Object.fromEntries(results.map(({ item, read }) => [item.id, read.paper])), null, 2),
});
