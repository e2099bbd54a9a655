/**
 * Answers on disk, one clip or question a line, so that hours of answering survive an interruption. The first line names
 * the weights and the benchmark: answers of other ones are never mixed up.
 */
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { PlayheadError } from '../../src/contract/errors.ts';

export const clipAnswersSchema = z.object({
  clip: z.string(),
  answers: z.array(z.string()),
});
/** What a bundle said about one clip; `answers` in the order of the clip's questions. */
export type ClipAnswers = z.infer<typeof clipAnswersSchema>;

export interface AnswerRecord<Line = ClipAnswers> {
  /** What an earlier run has answered, by its key. */
  known: ReadonlyMap<string, Line>;
  keep(line: Line): Promise<void>;
}

/** What a line is, and what it is found by. */
export interface RecordedAs<Line> {
  schema: z.ZodType<Line>;
  keyOf(line: Line): string;
}

/**
 * @param file made when it is not there; left out, nothing is kept
 * @param of names the weights and the benchmark
 * @throws PlayheadError `invalid-input` for a record of other weights or of another benchmark
 */
export async function openRecord<Line>(
  file: string | undefined,
  of: string,
  { schema, keyOf }: RecordedAs<Line>,
): Promise<AnswerRecord<Line>> {
  if (file === undefined) return { known: new Map(), keep: async () => {} };
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) await writeFile(file, `${JSON.stringify({ of })}\n`);
  else if (!isAbout(text, of)) throw ofAnotherSubject(file);
  else if (!text.endsWith('\n')) await appendFile(file, '\n'); // a kill cut the last line off
  return {
    known: new Map(linesIn(text ?? '', schema).map((line) => [keyOf(line), line])),
    keep: (line) => appendFile(file, `${JSON.stringify(line)}\n`),
  };
}

export const byClip: RecordedAs<ClipAnswers> = { schema: clipAnswersSchema, keyOf: ({ clip }) => clip };

/** True of parts, too, that were put one behind the other: each begins with its subject. */
function isAbout(text: string, of: string): boolean {
  const [first, ...others] = text.split('\n');
  const isOther = (line: string) => subjectOf(line) !== undefined && subjectOf(line) !== of;
  return subjectOf(first ?? '') === of && !others.some(isOther);
}

function subjectOf(line: string): unknown {
  try {
    return JSON.parse(line).of;
  } catch {
    return undefined;
  }
}

/** A line that a kill cut off counts as missing. */
function linesIn<Line>(text: string, schema: z.ZodType<Line>): Line[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      try {
        return [schema.parse(JSON.parse(line))];
      } catch {
        return [];
      }
    });
}

function ofAnotherSubject(file: string): PlayheadError {
  return new PlayheadError({
    code: 'invalid-input',
    message: 'These answers were given by other weights, or to other questions.',
    hint: 'Name another file with --answers, or remove this one.',
    file,
  });
}
