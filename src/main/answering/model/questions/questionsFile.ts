/**
 * questions.json: the words that a small model's world is asked about in, made by `tools/buildQuestions.ts`.
 * A question in other words is none that the model can answer.
 */
import { join } from 'node:path';
import * as z from 'zod';
import { PlayheadError } from '../../../../contract/errors.ts';
import type { VideoLlamaManifest } from '../../../models/bundleManifest.ts';
import { LARGEST_TEXT_FILE, readRegularFile } from '../../../ports/regularFile.ts';

export const questionsFileName = 'questions.json';

const questionsSchema = z.object({
  formatVersion: z.literal(1),
  /** What the model knows, for "The sample model knows only …". */
  knows: z.string().min(1),
  /** Questions that it can be asked. */
  examples: z.array(z.string()).min(1),
  /** A word or a phrase, in small letters, to what it may mean: "spins" to "deed:spin". */
  words: z.record(z.string(), z.array(z.string())),
  /** Short and sloppy forms to the words that they stand for: "what's" to "what is". */
  contractions: z.record(z.string(), z.string()),
  /** English words that look like a known one with a typing error, and are none: "bear", which is no "beep". */
  notMisspelt: z.array(z.string()),
  /** How the model itself says what a thing does: "spin" to "spins". */
  says: z.record(z.string(), z.string()),
});

/** The file's content, ready to look words up in. */
export interface QuestionWords {
  knows: string;
  examples: readonly string[];
  words: ReadonlyMap<string, readonly string[]>;
  contractions: ReadonlyMap<string, string>;
  notMisspelt: ReadonlySet<string>;
  says: ReadonlyMap<string, string>;
  /** The longest phrase, in words. */
  longestPhrase: number;
}

/**
 * @returns null for a model that may be asked anything
 * @throws PlayheadError `model-invalid` naming everything that is wrong with the file
 */
export async function readQuestionWords(
  bundleFolder: string,
  manifest: Pick<VideoLlamaManifest, 'questions'>,
): Promise<QuestionWords | null> {
  if (manifest.questions === undefined) return null;
  const file = join(bundleFolder, manifest.questions.file);
  const text = await readRegularFile(file, LARGEST_TEXT_FILE).catch((cause: unknown) => {
    throw damaged(file, 'it cannot be read', cause);
  });
  return parseQuestionWords(text.toString('utf8'), file);
}

/** As `readQuestionWords`, from the text of the file; `file` is only named in errors. */
export function parseQuestionWords(text: string, file?: string): QuestionWords {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw damaged(file, 'it is not valid JSON', cause);
  }
  const parsed = questionsSchema.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`);
    throw damaged(file, problems.join('; '));
  }
  const { knows, examples, words, contractions, notMisspelt, says } = parsed.data;
  return {
    knows,
    examples,
    words: new Map(Object.entries(words)),
    contractions: new Map(Object.entries(contractions)),
    notMisspelt: new Set(notMisspelt),
    says: new Map(Object.entries(says)),
    longestPhrase: Math.max(...Object.keys(words).map((phrase) => phrase.split(' ').length)),
  };
}

function damaged(file: string | undefined, problem: string, cause?: unknown): PlayheadError {
  return new PlayheadError(
    {
      code: 'model-invalid',
      message: `The words of this model’s questions (${questionsFileName}) cannot be used: ${problem}.`,
      hint: 'Build the bundle again, or install Playhead again.',
      file,
    },
    { cause },
  );
}
