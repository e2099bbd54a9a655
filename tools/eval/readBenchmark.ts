/** A held-out benchmark as `python -m training.heldout` writes it: questions.jsonl, clips.jsonl and the mp4 files. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { PlayheadError } from '../../src/contract/errors.ts';
import { groupBy } from './groupBy.ts';

/** The paper's task families. */
export const families = ['MC-VQA', 'OE-VQA', 'VC', 'AQA', 'OE-AVQA'] as const;
export type Family = (typeof families)[number];

const senses = { video: 'video', audio: 'audio', 'audio-video': 'av' } as const;

const questionSchema = z.object({
  clip: z.string().regex(/^[\w.-]+$/),
  modality: z.enum(['video', 'audio', 'audio-video']),
  family: z.enum(families),
  type: z.string().min(1),
  question: z.string().min(1),
  answer: z.string().min(1),
});

const truthSchema = z.object({
  clip: z.string(),
  caption: z.string(),
  objects: z.array(z.object({ colour: z.string(), shape: z.string(), size: z.string(), does: z.string() })),
});

export type SeenObject = z.infer<typeof truthSchema>['objects'][number];

export interface Question {
  family: Family;
  /** As the model is asked: "colour", "mc order", "caption, audio". */
  type: string;
  modality: (typeof senses)[keyof typeof senses];
  question: string;
  answer: string;
}

export interface BenchmarkClip {
  /** The file's name. */
  name: string;
  path: string;
  /** What is seen, in a sentence. */
  caption: string;
  objects: SeenObject[];
  questions: Question[];
}

export interface Benchmark {
  /** Names the questions. */
  fingerprint: string;
  clips: BenchmarkClip[];
}

/**
 * @throws PlayheadError `file-not-found` where the folder holds no benchmark, `invalid-input` naming the wrong line
 */
export async function readBenchmark(folder: string): Promise<Benchmark> {
  const truths = readLines(await readText(folder, 'clips.jsonl'), truthSchema);
  const text = await readText(folder, 'questions.jsonl');
  const asked = readLines(text, questionSchema);
  const questions = groupBy(asked, (question) => question.clip);
  const clips = truths.map(({ clip, caption, objects }) => ({
    name: clip,
    path: join(folder, clip),
    caption,
    objects,
    questions: (questions.get(clip) ?? []).map(toQuestion),
  }));
  return { fingerprint: createHash('sha256').update(text.content).digest('hex').slice(0, 12), clips };
}

/** Captions are told apart by what they are made from: a caption of sight and sound is the hardest. */
function toQuestion({ family, type, modality, question, answer }: z.infer<typeof questionSchema>): Question {
  const named = type === 'caption' ? `caption, ${modality}` : type;
  return { family, type: named, modality: senses[modality], question, answer };
}

interface TextFile {
  file: string;
  content: string;
}

async function readText(folder: string, name: string): Promise<TextFile> {
  const file = join(folder, name);
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new PlayheadError(
      {
        code: 'file-not-found',
        message: 'This folder holds no held-out benchmark.',
        hint: 'Make one with `python -m training.heldout --out <folder> --clips 2000`.',
        file,
      },
      { cause },
    );
  });
  return { file, content };
}

function readLines<T>({ file, content }: TextFile, schema: z.ZodType<T>): T[] {
  return content
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => readLine(line, number, file, schema));
}

function readLine<T>(line: string, number: number, file: string, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw wrongLine(file, number, 'is not valid JSON');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw wrongLine(
    file,
    number,
    parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
  );
}

function wrongLine(file: string, number: number, problem: string): PlayheadError {
  return new PlayheadError({
    code: 'invalid-input',
    message: `Line ${number} of this benchmark cannot be used: ${problem}.`,
    hint: 'Make the benchmark again.',
    file,
  });
}
