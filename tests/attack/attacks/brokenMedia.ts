/** Media files and subtitles with something broken in them, read as an index job reads them, with each ffmpeg there is. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Attack } from '../attack.ts';
import { mutate } from '../mutate.ts';
import { seededRandom } from '../random.ts';
import { mediaOriginals } from '../running/mediaOriginals.ts';
import { readInProcess } from '../running/mediaReader.ts';
import { canListProcesses } from '../running/processes.ts';
import { subtitleOriginals } from '../running/subtitleOriginals.ts';

const filesPerCase = 20;
const require = createRequire(import.meta.url);
const tools: Record<string, () => Record<string, string>> = {
  'the ffmpeg of the npm packages': () => ({
    PLAYHEAD_FFMPEG: require('@ffmpeg-installer/ffmpeg').path,
    PLAYHEAD_FFPROBE: require('@ffprobe-installer/ffprobe').path,
  }),
  'the system’s ffmpeg': () => ({ PLAYHEAD_FFMPEG: '/usr/bin/ffmpeg', PLAYHEAD_FFPROBE: '/usr/bin/ffprobe' }),
};
const never = 'something crashes, hangs, is not told in words, or leaves processes, files, handles or memory behind';

export const brokenMedia: Attack[] = Object.entries(tools).map(([name, envOf]) => ({
  name: `broken media, ${filesPerCase} a case, ${name}`,
  never,
  cases: 50,
  missing: whyMissing(envOf),
  run: (seed) => inFolder((folder) => breakMedia(seed, folder, filesPerCase), envOf()),
  control: (seed) => inFolder((folder) => breakMedia(seed, folder, 8), envOf(), 'careless'),
  controlCases: 1,
}));

export const brokenSubtitles: Attack = {
  name: `broken subtitles, ${filesPerCase} a case`,
  never,
  cases: 15,
  missing: whyMissing(() => ({})),
  run: (seed) => inFolder((folder) => breakSubtitles(seed, folder, filesPerCase), {}),
  control: (seed) => inFolder((folder) => breakSubtitles(seed, folder, 8), {}, 'careless'),
  controlCases: 1,
};

/** @returns the files that are to be read */
export async function breakMedia(seed: number, folder: string, count: number): Promise<string[]> {
  const random = seededRandom(seed);
  const originals = await mediaOriginals();
  return writeEach(folder, count, () => {
    const { extension, bytes } = random.pick(originals);
    return { name: `broken${extension}`, bytes: mutate(random, bytes) };
  });
}

/** The films beside which they lie are whole. */
async function breakSubtitles(seed: number, folder: string, count: number): Promise<string[]> {
  const random = seededRandom(seed);
  const film = (await mediaOriginals()).find(({ extension }) => extension === '.mp4')?.bytes as Buffer;
  const originals = subtitleOriginals();
  await writeEach(folder, count, () => {
    const { extension, bytes } = random.pick(originals);
    return { name: `film.en${extension}`, bytes: mutate(random, bytes) };
  });
  const films = Array.from({ length: count }, (_, index) => join(folder, `${index} film.mp4`));
  for (const path of films) await writeFile(path, film);
  return films;
}

async function writeEach(
  folder: string,
  count: number,
  make: () => { name: string; bytes: Buffer },
): Promise<string[]> {
  const paths: string[] = [];
  for (let index = 0; index < count; index++) {
    const { name, bytes } = make();
    const path = join(folder, `${index} ${name}`);
    await writeFile(path, bytes);
    paths.push(path);
  }
  return paths;
}

async function inFolder(
  write: (folder: string) => Promise<string[]>,
  env: Record<string, string>,
  mode?: 'careless',
): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-broken-'));
  try {
    return await readInProcess(await write(folder), env, mode);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function whyMissing(envOf: () => Record<string, string>): string | null {
  if (!canListProcesses) return 'what is left behind is looked for in /proc';
  try {
    const absent = Object.values(envOf()).find((path) => !existsSync(path));
    return absent ? `${absent} is not there` : null;
  } catch {
    return 'there are no such binaries for this system';
  }
}
