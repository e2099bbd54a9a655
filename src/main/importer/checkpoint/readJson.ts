/** A JSON file of a checkpoint, or null when there is none; what cannot be parsed becomes a problem. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import type { Problems } from '../problems.ts';

export async function readJson<S extends z.ZodType>(
  folder: string,
  path: string,
  schema: S,
  problems: Problems,
): Promise<z.infer<S> | null> {
  const text = await readFile(join(folder, path), 'utf8').catch(() => null);
  if (text === null) return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    problems.add(`${path} is not valid JSON`);
    return null;
  }
  const parsed = schema.safeParse(json, { reportInput: true });
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues)
    problems.add(`${path}: ${issue.path.join('.') || 'the whole file'}: ${issue.message}${found(issue.input)}`);
  return null;
}

/** ", found "llava"", for what is short enough to be read. */
function found(input: unknown): string {
  const text = typeof input === 'object' ? undefined : JSON.stringify(input);
  return text && text.length < 100 ? `, found ${text}` : '';
}
