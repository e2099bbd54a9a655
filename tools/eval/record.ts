/**
 * Answers on disk, one clip a line, so that hours of answering survive an interruption. The first line names the
 * weights and the benchmark: answers of other ones are never mixed up.
 */
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { PlayheadError } from '../../src/contract/errors.ts';

const clipAnswersSchema = z.object({
  clip: z.string(),
  answers: z.array(z.string()),
});
/** What a bundle said about one clip; `answers` in the order of the clip's questions. */
export type ClipAnswers = z.infer<typeof clipAnswersSchema>;

export interface AnswerRecord {
  /** Clips that an earlier run has answered. */
  known: ReadonlyMap<string, ClipAnswers>;
  keep(answers: ClipAnswers): Promise<void>;
}

/**
 * @param file made when it is not there; left out, nothing is kept
 * @param of names the weights and the benchmark
 * @throws PlayheadError `invalid-input` for a record of other weights or of another benchmark
 */
export async function openRecord(file: string | undefined, of: string): Promise<AnswerRecord> {
  if (file === undefined) return { known: new Map(), keep: async () => {} };
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) await writeFile(file, `${JSON.stringify({ of })}\n`);
  else if (subjectOf(text) !== of) throw ofAnotherSubject(file);
  else if (!text.endsWith('\n')) await appendFile(file, '\n'); // a kill cut the last line off
  return {
    known: new Map(answersIn(text ?? '').map((answers) => [answers.clip, answers])),
    keep: (answers) => appendFile(file, `${JSON.stringify(answers)}\n`),
  };
}

function subjectOf(text: string): unknown {
  try {
    return JSON.parse(text.split('\n')[0] ?? '').of;
  } catch {
    return null;
  }
}

/** A line that a kill cut off counts as missing. */
function answersIn(text: string): ClipAnswers[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      try {
        return [clipAnswersSchema.parse(JSON.parse(line))];
      } catch {
        return [];
      }
    });
}

function ofAnotherSubject(file: string): PlayheadError {
  return new PlayheadError({
    code: 'invalid-input',
    message: 'These answers were given by other weights, or about other clips.',
    hint: 'Name another file with --answers, or remove this one.',
    file,
  });
}
