import { execFileSync } from 'node:child_process';
import { copyFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import iconv from 'iconv-lite';
import { expect, it, test } from 'vitest';

import { readSubtitles } from '../../../../src/main/media/subtitles/readSubtitles.ts';
import { describeWithEachTool, make, temporaryFolder } from '../makeMedia.ts';
import { factsOf } from '../openedMedia.ts';

const folder = temporaryFolder();
const fixtures = path.join(import.meta.dirname, '../../../fixtures/media');
const at = (name: string) => path.join(folder, name);
const cue = (sec: number, text: string) => `1\n00:00:0${sec},000 --> 00:00:0${sec + 1},000\n${text}\n\n`;
const nothingInside = (name: string) => ({ path: at(name), kind: 'video' as const, subtitles: [], fps: 25 });

describeWithEachTool('tracks inside a file', () => {
  it('are joined with sidecars, each with its source, and one that is broken does not hold up the others', async () => {
    writeFileSync(at('inside.srt'), cue(2, 'from inside'));
    await make(
      `-f lavfi -i testsrc2=s=64x48:r=25:d=5 -i ${at('inside.srt')} -c:v libx264 -c:s srt -metadata:s:s:0 language=eng ${at('duet.mkv')}`,
    );
    writeFileSync(at('duet.en.srt'), cue(1, 'from beside'));
    writeFileSync(at('duet.vtt'), `WEBVTT\n\n${cue(3, 'from the other').replaceAll(',', '.')}`);
    writeFileSync(at('duet.de.srt'), Buffer.from(`\uFEFF${cue(4, 'für später')}`, 'utf16le'));
    writeFileSync(at('duet-two.srt'), cue(1, 'of another file'));
    writeFileSync(at('duet.huge.srt'), new Uint8Array(17 * 2 ** 20));

    const { cues, notices } = await readSubtitles(await factsOf(at('duet.mkv')));
    expect(cues).toEqual([
      { startSec: 1, endSec: 2, text: 'from beside', source: 'duet.en.srt' },
      { startSec: 2, endSec: 3, text: 'from inside', source: 'subtitle track 1 (eng)' },
      { startSec: 3, endSec: 4, text: 'from the other', source: 'duet.vtt' },
      { startSec: 4, endSec: 5, text: 'für später', source: 'duet.de.srt' },
    ]);
    expect(notices).toEqual([expect.stringContaining('duet.huge.srt')]);
  });

  it('keep the cues that are not UTF-8', async () => {
    const { cues, notices } = await readSubtitles(await factsOf(path.join(fixtures, 'cp1251-embedded.mkv')));
    expect(cues.map(({ text }) => text).join(' ')).toMatch(/\p{Script=Cyrillic}{3}/u);
    expect(cues.map(({ text }) => text)).not.toContain(expect.stringContaining('\uFFFD'));
    expect(notices).toEqual([]);
  });

  it('are read from all text codecs of a file in one go', async () => {
    writeFileSync(at('a.srt'), cue(1, 'one, two'));
    const inputs = `-f lavfi -i testsrc2=s=64x48:r=25:d=5 -i ${at('a.srt')}`;
    await make(
      `${inputs} -map 0 -map 1 -map 1 -map 1 -c:v libx264 -c:s:0 ass -c:s:1 webvtt -c:s:2 srt ${at('three.mkv')}`,
    );
    await make(`${inputs} -map 0 -map 1 -c:v libx264 -c:s mov_text ${at('text.mp4')}`);
    const { cues } = await readSubtitles(await factsOf(at('three.mkv')));
    expect(cues.map(({ startSec, text }) => [startSec, text])).toEqual(Array(3).fill([1, 'one, two']));
    expect((await readSubtitles(await factsOf(at('text.mp4')))).cues).toMatchObject([{ text: 'one, two' }]);
  });

  it('that are pictures of words are told by name', async () => {
    writeFileSync(at('b.srt'), cue(1, 'pictured'));
    await make(
      `-f lavfi -i testsrc2=s=64x48:r=25:d=3 -i ${at('b.srt')} -map 0 -map 1 -c:v libx264 -c:s srt ${at('c.mkv')}`,
    );
    const probe = await factsOf(at('c.mkv'));
    const subtitles = probe.subtitles.map((stream) => ({ ...stream, codec: 'hdmv_pgs_subtitle', language: 'ger' }));
    const { cues, notices } = await readSubtitles({ ...probe, subtitles });
    expect(cues).toEqual([]);
    expect(notices).toEqual(['The words of subtitle track 1 (ger) are pictures (Blu-ray, PGS) and are not read.']);
  });
});

test('an encoding that is only guessed is told; the language in the name takes the doubt away', async () => {
  writeFileSync(at('Film.srt'), iconv.encode(cue(1, 'Hoy hace buen tiempo mañana'), 'windows-1252'));
  const unsure = await readSubtitles(nothingInside('Film.mp4'));
  expect(unsure.notices).toEqual([expect.stringContaining('Film.srt')]);
  writeFileSync(at('Other.es.srt'), iconv.encode(cue(1, 'Hoy hace buen tiempo mañana'), 'windows-1252'));
  const sure = await readSubtitles(nothingInside('Other.mp4'));
  expect(sure).toMatchObject({ notices: [], cues: [{ text: 'Hoy hace buen tiempo mañana' }] });
});

test.skipIf(process.platform === 'win32')('a pipe and a link to a device are told and never read', async () => {
  execFileSync('mkfifo', [at('Piped.srt')]);
  symlinkSync('/dev/zero', at('Piped.en.srt'));
  writeFileSync(at('Piped.de.srt'), cue(1, 'Hallo'));
  const { cues, notices } = await readSubtitles(nothingInside('Piped.mp4'));
  expect(cues.map(({ text }) => text)).toEqual(['Hallo']);
  expect(notices.sort()).toEqual([
    'The subtitles "Piped.en.srt" could not be read: This is a device, not a plain file.',
    'The subtitles "Piped.srt" could not be read: This is a pipe, not a plain file.',
  ]);
});

test('subtitles that are pictures, and kinds that are not read, are told', async () => {
  for (const name of ['Disc.idx', 'Disc.sub', 'Disc.en.sup', 'Disc.scc']) writeFileSync(at(name), 'x');
  const { cues, notices } = await readSubtitles(nothingInside('Disc.mp4'));
  expect(cues).toEqual([]);
  expect(notices).toEqual([
    'The words of the subtitles "Disc.en.sup" are pictures and are not read.',
    'The words of the subtitles "Disc.idx" are pictures and are not read.',
    expect.stringContaining('"Disc.scc" are of a kind that is not read'),
  ]);
});

test('a subtitle file without a word in it is told', async () => {
  copyFileSync(path.join(fixtures, 'enc-gbk.srt'), at('Sung.zh.srt'));
  writeFileSync(at('Sung.en.srt'), 'Dear diary');
  const { cues, notices } = await readSubtitles(nothingInside('Sung.mp4'));
  expect(cues).toHaveLength(4);
  expect(notices).toEqual(['The subtitles "Sung.en.srt" hold no words that can be read.']);
});
