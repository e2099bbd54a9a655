/**
 * MVBench (arXiv 2311.17005): twenty tasks of four-choice questions about short films, a JSON file each.
 * Prompt and reader are those of VideoLLaMA 2's `inference_video_mcqa_mvbench.py`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { defineBenchmark, type ItemMedia } from './benchmark.ts';
import { findFilm, folderOf, readJsonFile } from './benchmarkFiles.ts';
import {
  answerByLetter,
  type Choice,
  type ChoiceItem,
  guess,
  letterOf,
  optionLines,
  readChoice,
  readFirstLetter,
  scoreChoices,
  withoutAnswerWord,
} from './choices.ts';

/** Name, file and the folder of its films; `bounded`: a stretch of the film is asked about. */
const tasks = [
  { name: 'Action Sequence', file: 'action_sequence', films: 'star/Charades_v1_480', bounded: true },
  { name: 'Action Prediction', file: 'action_prediction', films: 'star/Charades_v1_480', bounded: true },
  { name: 'Action Antonym', file: 'action_antonym', films: 'ssv2_video' },
  { name: 'Fine-grained Action', file: 'fine_grained_action', films: 'Moments_in_Time_Raw/videos' },
  { name: 'Unexpected Action', file: 'unexpected_action', films: 'FunQA_test/test' },
  { name: 'Object Existence', file: 'object_existence', films: 'clevrer/video_validation' },
  { name: 'Object Interaction', file: 'object_interaction', films: 'star/Charades_v1_480', bounded: true },
  { name: 'Object Shuffle', file: 'object_shuffle', films: 'perception/videos' },
  { name: 'Moving Direction', file: 'moving_direction', films: 'clevrer/video_validation' },
  { name: 'Action Localization', file: 'action_localization', films: 'sta/sta_video', bounded: true },
  { name: 'Scene Transition', file: 'scene_transition', films: 'scene_qa/video' },
  { name: 'Action Count', file: 'action_count', films: 'perception/videos' },
  { name: 'Moving Count', file: 'moving_count', films: 'clevrer/video_validation' },
  { name: 'Moving Attribute', file: 'moving_attribute', films: 'clevrer/video_validation' },
  { name: 'State Change', file: 'state_change', films: 'perception/videos' },
  { name: 'Fine-grained Pose', file: 'fine_grained_pose', films: 'nturgbd' },
  { name: 'Character Order', file: 'character_order', films: 'perception/videos' },
  { name: 'Egocentric Navigation', file: 'egocentric_navigation', films: 'vlnqa' },
  // Not films but folders of numbered pictures, three a second.
  { name: 'Episodic Reasoning', file: 'episodic_reasoning', films: 'tvqa/frames_fps3_hq', bounded: true, fps: 3 },
  { name: 'Counterfactual Inference', file: 'counterfactual_inference', films: 'clevrer/video_validation' },
] as const satisfies readonly Task[];

interface Task {
  name: string;
  file: string;
  films: string;
  bounded?: boolean;
  fps?: number;
}

const seconds = z.coerce.number();
const schema = z.array(
  z.object({
    video: z.string().min(1),
    question: z.string(),
    candidates: z.array(z.string()).min(2),
    answer: z.string(),
    start: seconds.optional(),
    end: seconds.optional(),
  }),
);
type Entry = z.infer<typeof schema>[number];

export const mvBench = defineBenchmark<ChoiceItem, Choice>({
  id: 'mvbench',
  name: 'MVBench',
  family: 'MC-VQA',
  layout: 'json/action_sequence.json and 19 others; video/ with the films in the folders of their sources',
  async load(root) {
    const questions = folderOf(root, 'json');
    const films = folderOf(root, 'video', 'videos');
    const loaded = await Promise.all(
      tasks.map(async (task: Task) => {
        const file = join(questions, `${task.file}.json`);
        const entries = await readJsonFile(file, schema);
        return entries.map((entry, index) => itemOf(task, entry, `${task.file}/${index}`, films));
      }),
    );
    return loaded.flat();
  },
  prompt: ({ question, options }) => `Question: ${question}\nOptions:\n${optionLines(options)}${answerByLetter}`,
  parse: readLikeMvBench,
  score: scoreChoices,
});

function itemOf(task: Task, entry: Entry, id: string, films: string): ChoiceItem {
  const { question, candidates: options, answer } = entry;
  return {
    id,
    question,
    options,
    answer: options.indexOf(answer),
    media: mediaOf(task, entry, films),
    groups: { task: task.name },
  };
}

function mediaOf(task: Task, { video, start, end }: Entry, films: string): ItemMedia {
  const folder = join(films, task.films);
  const isFolder = task.fps !== undefined;
  const path = isFolder ? (existsSync(join(folder, video)) ? join(folder, video) : null) : findFilm(folder, video);
  const isBounded = task.bounded && start !== undefined && end !== undefined;
  return {
    ...{ name: `${task.films}/${video}`, path, modality: 'video' },
    ...(isBounded ? { segment: { startSec: start, endSec: end } } : {}),
    ...(task.fps === undefined ? {} : { framesPerSec: task.fps }),
  };
}

/** "A man walks" is an A there, and "(A)," is none: the paper's scores have these in them. */
export function readLikeMvBench(text: string, { options }: Pick<ChoiceItem, 'options'>) {
  const said = withoutAnswerWord(text);
  const last = letterOf(options.length - 1);
  const letter = readFirstLetter(said, new RegExp(`[(, ]*[A-${last}][), ]*`), options.length);
  if (typeof letter === 'number') return readChoice(text, options, { paper: letter, how: 'letter' });
  const byText =
    letter === 'none' ? options.findIndex((option) => said.toLowerCase().includes(option.toLowerCase())) : -1;
  return readChoice(text, options, byText === -1 ? guess : { paper: byText, how: 'text' });
}
