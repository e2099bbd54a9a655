/**
 * Perception Test (arXiv 2305.13786), multiple choice: three options each, by area and kind of reasoning. The answers of
 * the test part are known to its server alone, which takes the submission. Prompt and reader are those of VideoLLaMA 2's
 * `inference_video_mcqa_perception_test_mcqa.py`.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { groupBy } from '../groupBy.ts';
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

const question = z.object({
  id: z.int(),
  question: z.string(),
  options: z.array(z.string()).length(3),
  answer_id: z.int().min(0).max(2).optional(),
  area: z.string().optional(),
  reasoning: z.string().optional(),
});
const schema = z.record(
  z.string(),
  z.object({ metadata: z.object({ video_id: z.string().min(1) }), mc_question: z.array(question) }),
);

interface PerceptionItem extends ChoiceItem {
  video: string;
  questionId: number;
}

export const perceptionTest = defineBenchmark<PerceptionItem, Choice>({
  id: 'perception-test',
  name: 'Perception Test',
  family: 'MC-VQA',
  layout: 'mc_question_test.json (or _valid, _train), videos/<video_id>.mp4',
  async load(root) {
    const [file = 'mc_question_test.json'] = globSync('mc_question_{test,valid,train}.json', { cwd: root }).sort();
    const films = folderOf(root, 'videos');
    const clips = Object.values(await readJsonFile(join(root, file), schema));
    return clips.flatMap(({ metadata: { video_id: video }, mc_question: questions }) =>
      questions.map(({ id, question, options, answer_id: answer = null, area, reasoning }) => ({
        ...{ id: `${video}/${id}`, video, questionId: id, question, options, answer },
        media: { name: video, path: findFilm(films, video), modality: 'video' as const },
        groups: { ...(area ? { area } : {}), ...(reasoning ? { reasoning } : {}) },
      })),
    );
  },
  prompt: ({ question, options }) => `Question: ${question}\nOptions:\n${optionLines(options)}${answerByLetter}`,
  parse(text, { options }) {
    const said = withoutAnswerWord(text);
    const letter = readFirstLetter(said, /\(*[A-C]\)*/, options.length);
    if (typeof letter === 'number') return readChoice(text, options, { paper: letter, how: 'letter' });
    const byText = options.findIndex((option) => option.toLowerCase() === said.toLowerCase());
    return readChoice(text, options, byText === -1 ? guess : { paper: byText, how: 'text' });
  },
  score: scoreChoices,
  submission(results) {
    const byVideo = groupBy(results, ({ item }) => item.video);
    const answers = [...byVideo].map(([video, some]) => [
      video,
      some.map(({ item, read }) => ({
        ...{ id: item.questionId, answer_id: read.paper, answer: item.options[read.paper] },
      })),
    ]);
    return JSON.stringify(Object.fromEntries(answers), null, 2);
  },
});
