import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../src/main/core/media/decodeText.ts';
import { parseSubtitles } from '../../../src/main/core/media/parseSubtitles.ts';
import { findSidecars, readSubtitles } from '../../../src/main/core/media/readSubtitles.ts';
import { make, temporaryFolder } from './makeMedia.ts';
import { factsOf } from './openedMedia.ts';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);

describe('parseSubtitles', () => {
  it('reads SubRip, also without numbers, with positions, markup and odd line ends', () => {
    const srt =
      '\uFEFF1\r\n00:00:01,000 --> 00:00:02,500 X1:10\r\nHello <i>you</i>\r\n\r\n00:00:03,000 --> 00:00:04,000\r\nno number\r\n\r\n\r\n' +
      '7\r\n01:00:05.5 --> 01:00:06,500\r\n{\\an8}two\r\nlines &amp; more\r\n\r\n8\r\n00:00:09,000 --> 00:00:08,000\r\nbackwards';
    expect(parseSubtitles(srt, '.srt')).toEqual([
      { startSec: 1, endSec: 2.5, text: 'Hello you' },
      { startSec: 3, endSec: 4, text: 'no number' },
      { startSec: 3605.5, endSec: 3606.5, text: 'two lines & more' },
    ]);
  });

  it('reads WebVTT with notes, styles, names and voices', () => {
    const vtt =
      'WEBVTT - title\n\nNOTE this --\nis a note\n\nSTYLE\n::cue { color: red }\n\nname\n00:01.000 --> 00:02.000 align:start\n<v Bob>Hi &lt;there&gt;</v>\n\n01:00:03.000 --> 01:00:04.000\n- a\n- b';
    expect(parseSubtitles(vtt, '.vtt')).toEqual([
      { startSec: 1, endSec: 2, text: 'Hi <there>' },
      { startSec: 3603, endSec: 3604, text: '- a - b' },
    ]);
  });

  it('reads ASS with commas, overrides, line breaks and fields in another order; leaves comments and drawings out', () => {
    const ass =
      '[Script Info]\nTitle: x\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n[Events]\nFormat: Start, End, Layer, Text\n' +
      'Dialogue: 0:00:01.50,0:00:03.00,0,{\\i1}Hello,{\\i0} world\\Nnext\nComment: 0:00:05.00,0:00:06.00,0,no\nDialogue: 0:00:05.00,0:00:06.00,0,{\\p1}m 0 0 l 10 10{\\p0}\n';
    expect(parseSubtitles(ass, '.ass')).toEqual([{ startSec: 1.5, endSec: 3, text: 'Hello, world next' }]);
  });

  it('reads SBV through the library', () => {
    expect(parseSubtitles('0:00:01.000,0:00:02.000\nHello\n\n', '.sbv')).toEqual([
      { startSec: 1, endSec: 2, text: 'Hello' },
    ]);
  });

  it('gives no cue for what is no subtitle', () => {
    expect(parseSubtitles('Dear diary', '.srt')).toEqual([]);
    expect(parseSubtitles('', '.ass')).toEqual([]);
  });
});

describe('decodeText', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode('Grüße 二')],
    ['UTF-8 with a mark', new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('Grüße 二')])],
    ['UTF-16 LE with a mark', Buffer.from('\uFEFFGrüße 二', 'utf16le')],
    ['UTF-16 BE with a mark', Buffer.from('\uFEFFGrüße 二', 'utf16le').swap16()],
    ['UTF-16 LE', Buffer.from('Grüße 二', 'utf16le')],
  ])('reads %s', (_encoding, bytes) => {
    expect(decodeText(bytes).replace('\uFEFF', '')).toBe('Grüße 二');
  });

  it('reads Latin-1', () => {
    expect(decodeText(Buffer.from('Grüße', 'latin1'))).toBe('Grüße');
  });
});

describe('readSubtitles', () => {
  it('joins sidecars and embedded tracks, names each source, and goes on when one is broken', async () => {
    const cue = (sec: number, text: string) => `1\n00:00:0${sec},000 --> 00:00:0${sec + 1},000\n${text}\n`;
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

  it('finds only the sidecars of the file itself', async () => {
    for (const name of ['walk.srt', 'walk.en.forced.vtt', 'walk.txt', 'walking.srt', 'WALK.srt'])
      writeFileSync(at(name), '');
    const found = await findSidecars(at('walk.mp4'));
    expect(found.map((file) => path.basename(file)).sort()).toEqual(['walk.en.forced.vtt', 'walk.srt']);
  });
});
