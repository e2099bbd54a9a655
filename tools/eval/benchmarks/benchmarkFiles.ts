/** A benchmark's own files: JSON of a known form, and media that are looked up by name. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { PlayheadError } from '../../../src/contract/errors.ts';

/** @throws PlayheadError `file-not-found`, `invalid-input` naming the place in the file */
export async function readJsonFile<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  return check(file, parseJson(file, await readText(file), ''), schema);
}

/** One value a line; empty lines do not count. */
export async function readJsonLines<T>(file: string, schema: z.ZodType<T>): Promise<T[]> {
  const lines = (await readText(file)).split('\n').map((text, index) => ({ text, where: `line ${index + 1}` }));
  return lines
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, where }) => check(file, parseJson(file, text, where), schema, where));
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new PlayheadError(
      {
        code: 'file-not-found',
        message: 'This file of the benchmark is not there.',
        file,
        hint: 'docs/benchmarks.md tells how the folder of each benchmark is laid out.',
      },
      { cause },
    );
  });
}

function parseJson(file: string, text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw wrongFile(file, [where, 'no valid JSON'].filter(Boolean).join(': '), cause);
  }
}

/** @param where what is checked, in the file's own words */
export function check<T>(file: string, value: unknown, schema: z.ZodType<T>, where = ''): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  const place = [where, issue?.path.join('.')].filter(Boolean).join(', ');
  throw wrongFile(file, `${place}: ${issue?.message ?? 'another form'}`, error);
}

function wrongFile(file: string, problem: string, cause: unknown): PlayheadError {
  return new PlayheadError(
    {
      code: 'invalid-input',
      message: `This file is not what the benchmark’s own files look like (${problem}).`,
      file,
      hint: 'Fetch it anew from the benchmark’s own page.',
    },
    { cause },
  );
}

const filmEndings = ['.mp4', '.avi', '.mov', '.mkv', '.webm'];
const soundEndings = ['.wav', '.flac', '.mp3', '.ogg', '.m4a'];

/** A film by its name, with its ending or with any that films have. @returns null where there is none */
export function findFilm(folder: string, name: string): string | null {
  return findFile(folder, name, filmEndings);
}

export function findSound(folder: string, name: string): string | null {
  return findFile(folder, name, soundEndings);
}

function findFile(folder: string, name: string, endings: readonly string[]): string | null {
  const paths = ['', ...endings].map((ending) => join(folder, `${name}${ending}`));
  return paths.find((path) => existsSync(path)) ?? null;
}

/** The first of these folders that is there; the benchmark's own where none is of these. */
export function folderOf(root: string, ...names: string[]): string {
  return names.map((name) => join(root, name)).find((folder) => existsSync(folder)) ?? root;
}
