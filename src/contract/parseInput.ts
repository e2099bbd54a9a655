/** What a UI sends as the input of a call, checked. */
import type * as z from 'zod';
import type { CallName } from './calls.ts';
import { callSchemas } from './calls.ts';
import { PlayheadError } from './errors.ts';

/**
 * The input of one call, checked and with its defaults filled in.
 * @throws PlayheadError `invalid-input`, naming every field that is wrong.
 */
export function parseCallInput<N extends CallName>(name: N, input: unknown): z.output<(typeof callSchemas)[N]> {
  const parsed = callSchemas[name].safeParse(input ?? {});
  if (parsed.success) return parsed.data as z.output<(typeof callSchemas)[N]>;
  throw (
    tooLong(parsed.error.issues, input) ??
    emptyText(parsed.error.issues, input) ??
    notUnderstood(name, parsed.error.issues)
  );
}

/** A person's text that is over its limit is no fault of a program: it is told as one. */
function tooLong(issues: readonly z.core.$ZodIssue[], input: unknown): PlayheadError | null {
  for (const issue of issues) {
    const text = valueAt(input, issue.path);
    if (issue.code !== 'too_big' || typeof text !== 'string') continue;
    const what = String(issue.path.at(-1));
    return new PlayheadError({
      code: 'invalid-input',
      message: `This ${what} is too long: it has ${grouped(text.length)} characters, and ${grouped(Number(issue.maximum))} is the most.`,
      hint: what === 'question' ? 'Ask it in fewer words.' : 'Write a shorter one.',
    });
  }
  return null;
}

/** So is nothing where a question belongs. */
function emptyText(issues: readonly z.core.$ZodIssue[], input: unknown): PlayheadError | null {
  for (const issue of issues) {
    const text = valueAt(input, issue.path);
    if (issue.code !== 'too_small' || typeof text !== 'string' || text.trim() !== '') continue;
    const what = String(issue.path.at(-1));
    return new PlayheadError({ code: 'invalid-input', message: `There is no ${what}: it is empty.` });
  }
  return null;
}

function notUnderstood(name: CallName, issues: readonly z.core.$ZodIssue[]): PlayheadError {
  const problems = issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`);
  return new PlayheadError({
    code: 'invalid-input',
    message: `The call "${name}" was not understood: ${problems.join('; ')}.`,
  });
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], input);
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
