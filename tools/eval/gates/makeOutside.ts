/** Footage that is none of the sample world's, made by ffmpeg from a recipe: the same files for the same seed. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import PQueue from 'p-queue';
import * as z from 'zod';
import { randomSource } from '../../../src/main/answering/generate/randomSource.ts';
import { locateTools } from '../../../src/main/media/locateFfmpeg.ts';
import { flatSource } from './drawFlat.ts';

const SECONDS = 4;
const AT_ONCE = 2;

const kindsSchema = z.record(z.string(), z.string());
/** Kinds to fit a boundary on, kinds to measure it on, and kinds that came later, each time to measure it anew. */
const recipeSchema = z.object({
  fit: kindsSchema,
  measure: kindsSchema,
  later: kindsSchema,
  last: kindsSchema,
  figures: kindsSchema,
  styles: kindsSchema,
  stylesLater: kindsSchema,
});

export type OutsideUse = keyof z.infer<typeof recipeSchema>;

export interface OutsideClip {
  /** "zone plate", "chord" */
  kind: string;
  path: string;
}

/**
 * @param each files of a kind
 * @returns those that this ffmpeg can make, and the kinds that it cannot
 */
export async function makeOutside(
  folder: string,
  use: OutsideUse,
  each: number,
): Promise<{ clips: OutsideClip[]; missing: string[] }> {
  await mkdir(folder, { recursive: true });
  const recipe = recipeSchema.parse(
    JSON.parse(await readFile(join(import.meta.dirname, 'outsideFootage.json'), 'utf8')),
  );
  const { ffmpeg } = await locateTools();
  const queue = new PQueue({ concurrency: AT_ONCE });
  const missing = new Set<string>();
  const make = async (kind: string, template: string, index: number) => {
    const { isSound, seconds, source } = readRecipe(template, randomSource(seedOf(kind, index)));
    const path = join(folder, `${kind.replaceAll(/\W+/g, '-')}-${index}.${isSound ? 'wav' : 'mp4'}`);
    const input = ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, '-t', String(seconds)];
    const picture = isSound ? [] : ['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'veryfast'];
    const { failed } = await execa(ffmpeg.path ?? 'ffmpeg', [...input, ...picture, path], {
      reject: false,
      timeout: 120_000,
    });
    if (failed) missing.add(kind);
    return { kind, path };
  };
  const jobs = Object.entries(recipe[use]).flatMap(([kind, template]) =>
    Array.from({ length: each }, (_, index) => () => make(kind, template, index)),
  );
  const clips = await queue.addAll(jobs);
  return { clips: clips.filter(({ kind }) => !missing.has(kind)), missing: [...missing] };
}

/** "audio sine=f=440", "video@0.5 testsrc", "flat gray | …": what it is, how long, and what makes it. */
function readRecipe(template: string, random: () => number): { isSound: boolean; seconds: number; source: string } {
  const text = drawn(template, random);
  const at = text.indexOf(' ');
  const [sort, seconds] = text.slice(0, at).split('@');
  const rest = text.slice(at + 1);
  return {
    isSound: sort === 'audio',
    seconds: Number(seconds ?? SECONDS),
    source: sort === 'flat' ? flatSource(rest, random) : rest,
  };
}

/** Innermost braces first: "{sine|Page {2..99}}" draws the number, then the words. */
function drawn(template: string, random: () => number): string {
  const choice = /\{([^{}]*(?:\.\.|\|)[^{}]*)\}/;
  let text = template;
  for (let found = choice.exec(text); found; found = choice.exec(text)) {
    const options = (found[1] as string).split('|');
    const option = options[Math.floor(random() * options.length)] as string;
    text = text.slice(0, found.index) + numberIn(option, random) + text.slice(found.index + found[0].length);
  }
  return text;
}

/** "12..60" to a number between them, with as many decimals as they have. */
function numberIn(option: string, random: () => number): string {
  const [low, high] = option.split('..');
  if (high === undefined) return option;
  const decimals = Math.max(...[low, high].map((text) => text?.split('.')[1]?.length ?? 0));
  const value = Number(low) + random() * (Number(high) - Number(low));
  return value.toFixed(decimals === 0 ? 0 : decimals + 1);
}

function seedOf(kind: string, index: number): number {
  return [...kind].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, index * 7919 + 17);
}
