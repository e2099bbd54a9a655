import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { parseSubtitles } from '../../../../src/main/media/subtitles/parseSubtitles.ts';

test('SubRip is read without numbers, with positions, markup, empty lines inside and odd line ends', async () => {
  const srt =
    '\uFEFF1\r\n00:00:01,000 --> 00:00:02,500 X1:10\r\nHello <i>you</i>\r\n\r\n00:00:03,000 --> 00:00:04,000\r\nno number\r\n\r\n\r\n' +
    '7\r\n01:00:05.5 --> 01:00:06,500\r\n{\\an8}two\r\n\r\nlines &amp; more\r\n\r\n8\r\n00:00:09,000 --> 00:00:08,000\r\nbackwards\r\n\r\n' +
    '9\r\n 0:00:10,0  ->  0:00:11,0\r\n42';
  expect(await parseSubtitles(srt, '.srt')).toEqual([
    { startSec: 1, endSec: 2.5, text: 'Hello you' },
    { startSec: 3, endSec: 4, text: 'no number' },
    { startSec: 10, endSec: 11, text: '42' },
    { startSec: 3605.5, endSec: 3606.5, text: 'two lines & more' },
  ]);
});

test('WebVTT is read with notes, styles, names and voices', async () => {
  const vtt =
    'WEBVTT - title\n\nNOTE this --\nis a note\n\nSTYLE\n::cue { color: red }\n\nname\n00:01.000 --> 00:02.000 align:start\n<v Bob>Hi &lt;there&gt;</v>\n\n01:00:03.000 --> 01:00:04.000\n- a\n- b\n\nNOTE the end';
  expect(await parseSubtitles(vtt, '.vtt')).toEqual([
    { startSec: 1, endSec: 2, text: 'Hi <there>' },
    { startSec: 3603, endSec: 3604, text: '- a - b' },
  ]);
});

test('ASS is read with commas, overrides, line breaks and fields in another order, without comments and drawings', async () => {
  const ass =
    '[Script Info]\nTitle: x\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n[Events]\nFormat: Start, End, Layer, Text\n' +
    'Dialogue: 0:00:01.50,0:00:03.00,0,{\\i1}Hello,{\\i0} world\\Nnext\nComment: 0:00:05.00,0:00:06.00,0,no\nDialogue: 0:00:05.00,0:00:06.00,0,{\\p1}m 0 0 l 10 10{\\p0}\n' +
    'Dialogue: 0:00:07.00,0:00:07.04,0,sign\nDialogue: 0:00:07.04,0:00:07.08,1,sign\n';
  expect(await parseSubtitles(ass, '.ass')).toEqual([
    { startSec: 1.5, endSec: 3, text: 'Hello, world next' },
    { startSec: 7, endSec: 7.08, text: 'sign' },
  ]);
});

const said = [{ startSec: 1, endSec: 2, text: 'Hello you' }];

test.each([
  ['MicroDVD at the rate that it tells', '.sub', '{1}{1}25.000\n{25}{50}{y:i}Hello|you\n', {}],
  ['MicroDVD at the rate of the video', '.sub', '{30}{60}Hello|you\n', { fps: 30 }],
  ['MPL2', '.mpl', '[10][20]/Hello|you\n', {}],
  ['SubViewer', '.sub', '[INFORMATION]\n[TITLE]x\n[END INFORMATION]\n00:00:01.00,00:00:02.00\nHello[br]you\n\n', {}],
  ['SBV', '.sbv', '0:00:01.000,0:00:02.000\nHello\nyou\n\n', {}],
  [
    'SAMI',
    '.smi',
    '<SAMI><HEAD><STYLE>P {a:b}</STYLE></HEAD><BODY><SYNC Start=1000><P Class=ENCC>Hello<br>you\n<SYNC Start=2000><P>&nbsp;</BODY></SAMI>',
    {},
  ],
  [
    'TTML with clocks',
    '.ttml',
    '<?xml version="1.0"?><tt xmlns="x"><body><div><p begin="00:00:01.000" end="00:00:02.000">Hello<br/>you</p></div></body></tt>',
    {},
  ],
  [
    'TTML with frames, ticks and prefixes',
    '.dfxp',
    '<tt:tt ttp:frameRate="25" ttp:tickRate="10"><tt:body><tt:p begin="00:00:00:25" dur="10t"><tt:span>Hello you</tt:span></tt:p></tt:body></tt:tt>',
    {},
  ],
  [
    'what is ASS inside, whatever its name',
    '.srt',
    '[Script Info]\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,a,b,0,0,0,,Hello you',
    {},
  ],
])('%s is read', async (_format, extension, content, options) => {
  expect(await parseSubtitles(content, extension, options)).toEqual(said);
});

test('lyrics last until the next line, also when a line is sung twice', async () => {
  const lrc = '[ti:Song]\n[offset:0]\n[00:01.00][00:30.50]Hello <00:01.50>you\n[00:04.00]again\n';
  expect(await parseSubtitles(lrc, '.lrc')).toEqual([
    { startSec: 1, endSec: 4, text: 'Hello you' },
    { startSec: 4, endSec: 14, text: 'again' },
    { startSec: 30.5, endSec: 40.5, text: 'Hello you' },
  ]);
});

test('what is no subtitle gives no cue', async () => {
  expect(await parseSubtitles('Dear diary', '.srt')).toEqual([]);
  expect(await parseSubtitles('', '.ass')).toEqual([]);
});

test('a film of 20,000 cues keeps every one', async () => {
  const clock = (sec: number) => `${new Date(sec * 1000).toISOString().slice(11, 19)},000`;
  const srt = Array.from({ length: 20_000 }, (_, i) => `${i}\n${clock(i)} --> ${clock(i + 1)}\nline <i>${i}</i>\n\n`);
  const cues = await parseSubtitles(srt.join(''), '.srt');
  expect(cues).toHaveLength(20_000);
  expect(cues.at(-1)).toEqual({ startSec: 19_999, endSec: 20_000, text: 'line 19999' });
});

describe('a file of brackets', () => {
  const cue = '1\n00:00:01,000 --> 00:00:02,000\n';
  const dialogue = '[Script Info]\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,a,b,0,0,0,,';

  // With a pattern that looks behind every bracket for its end, each of these takes minutes to hours.
  test.each([
    ['.srt', `${cue}${'<a'.repeat(1e6)}`],
    ['.srt', `${cue}${'{'.repeat(2e6)}`],
    ['.srt', `${cue}${'&a'.repeat(1e6)}`],
    ['.ass', `${dialogue}${'{'.repeat(2e6)}`],
    ['.ttml', `<tt>${'<p begin="1s" end="2s">'.repeat(1e5)}`],
    ['.ttml', `<tt><p begin="1s" end="2s">${'<a'.repeat(1e6)}`],
    ['.smi', `<SAMI><SYNC Start=1>${'<a '.repeat(1e6)}`],
    ['.lrc', '[00:01.00]'.repeat(2e5)],
  ])('ends, and leaves the thread to others meanwhile (%s)', { timeout: 60_000 }, async (extension, content) => {
    let turns = 0;
    const parsing = parseSubtitles(content, extension).finally(() => {
      turns = Number.POSITIVE_INFINITY;
    });
    for (; turns < 3; turns++) await wait(0);
    expect(turns).toBeGreaterThanOrEqual(3);
    expect((await parsing).length).toBeLessThan(10);
  });

  test('is given up when the job is cancelled', async () => {
    const controller = new AbortController();
    const parsing = parseSubtitles(cue.repeat(1e5), '.srt', { signal: controller.signal });
    controller.abort(new Error('stopped'));
    await expect(parsing).rejects.toThrow('stopped');
  });
});
