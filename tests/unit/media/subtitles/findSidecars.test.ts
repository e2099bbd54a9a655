import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findSidecars } from '../../../../src/main/media/subtitles/findSidecars.ts';
import { languageIn } from '../../../../src/main/media/subtitles/subtitleName.ts';

async function sidecarsOf(film: string, names: string[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-sidecars-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const name of [film, ...names]) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), '');
  }
  return (await findSidecars(join(folder, film))).map(({ name }) => name).sort();
}

const taken = [
  'Movie.srt',
  'movie.FR.SRT',
  'Movie.en.forced.vtt',
  'Movie.English - SDH.srt',
  'Movie.Chinese (Simplified).srt',
  'Movie.简体.srt',
  'Movie.chs&eng.ass',
  'Movie_en.srt',
  'Movie-en.srt',
  'Movie - English.srt',
  'Movie.[Group].srt',
  'Movie [Group] en.srt',
  'Movie.pt-BR.sub',
  'Movie.es.ttml',
  'Movie.lrc',
  'Movie.ko.smi',
];

test.each(taken)('%s belongs to Movie.mp4', async (name) => {
  expect(await sidecarsOf('Movie.mp4', [name])).toEqual([name]);
});

test.each(['Movies.srt', 'Movie 2.srt', 'Movie-two.srt', 'Other.en.srt', 'Movie.txt', 'Movie.nfo', 'Mov.srt'])(
  '%s does not belong to Movie.mp4',
  async (name) => {
    expect(await sidecarsOf('Movie.mp4', [name])).toEqual([]);
  },
);

test('a subtitle file belongs to the film whose name fits best', async () => {
  const names = ['Show.mp4', 'Show.2.mp4', 'Show.2.en.srt', 'Show.en.srt'];
  expect(await sidecarsOf('Show.mp4', names)).toEqual(['Show.en.srt']);
  expect(await sidecarsOf('Show.2.mp4', names)).toEqual(['Show.2.en.srt']);
});

test('one name in two ways to write its accents is one name', async () => {
  expect(await sidecarsOf('Café.mp4'.normalize('NFC'), ['Café.en.srt'.normalize('NFD')])).toHaveLength(1);
});

test('a folder "Subs" is the film’s when it is alone, by its name otherwise', async () => {
  expect(await sidecarsOf('Movie.mp4', ['Subs/2_English.srt', 'cover.jpg'])).toEqual(['Subs/2_English.srt']);
  const series = ['S1E2.mp4', 'subs/S1E1.en.srt', 'subs/S1E2.en.srt', 'subs/S1E1/3_French.srt', 'subs/loose.srt'];
  expect(await sidecarsOf('S1E1.mp4', series)).toEqual(['subs/S1E1.en.srt', 'subs/S1E1/3_French.srt']);
});

test.each([
  ['.English - SDH', 'en'],
  ['.pt-BR', 'pt'],
  ['.zh-TW', 'zh-Hant'],
  ['.简体', 'zh-Hans'],
  ['.chs&eng', 'zh-Hans'],
  ['2_Русский', 'ru'],
  ['rus', 'ru'],
  ['.[Group]', undefined],
])('%s says the language %s', (tail, code) => {
  expect(languageIn(tail)?.code).toBe(code);
});
