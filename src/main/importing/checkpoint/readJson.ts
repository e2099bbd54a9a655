/** A JSON file of a checkpoint, or null when there is none; what cannot be parsed becomes a problem. */
import { join } from 'node:path';
import type * as z from 'zod';
import { LARGEST_TEXT_FILE, readRegularFile } from '../../ports/regularFile.ts';
import type { Problems } from '../problems.ts';
import { reasonOf } from './unreadable.ts';

export async function readJson<S extends z.ZodType>(
  folder: string,
  path: string,
  schema: S,
  problems: Problems,
): Promise<z.infer<S> | null> {
  let text: Buffer;
  try {
    text = await readRegularFile(join(folder, path), LARGEST_TEXT_FILE);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') problems.add(`${path} ${reasonOf(thrown)}`);
    return null;
  }
  let json: unknown;
  try {
    json = JSON.parse(text.toString('utf8'));
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
