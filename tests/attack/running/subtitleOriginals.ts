/** Whole subtitle files, a few lines in each format that is read. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Original } from './mediaOriginals.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'media');
const lines = [
  '<i>What was that?</i>',
  'A bell, {\\i1}I think{\\i0}.',
  'It rings & rings',
  '♪ la <font color="red">la</font> ♪',
];
const dialogue = lines.map((line, at) => `Dialogue: 0,0:00:0${at}.00,0:00:0${at}.90,Default,,0,0,0,,${line}`);
const formats: Record<string, string> = {
  srt: lines.map((line, at) => `${at + 1}\n00:00:0${at},000 --> 00:00:0${at},900\n${line}\n`).join('\n'),
  vtt: `WEBVTT\n\n${lines.map((line, at) => `00:0${at}.000 --> 00:0${at}.900 line:0\n${line}\n`).join('\n')}`,
  ass: `[Script Info]\nTitle: x\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n${dialogue.join('\n')}\n`,
  sub: lines.map((line, at) => `{${at * 10}}{${at * 10 + 9}}${line}|and more`).join('\n'),
  sbv: lines.map((line, at) => `0:00:0${at}.000,0:00:0${at}.900\n${line}\n`).join('\n'),
  smi: `<SAMI><BODY>${lines.map((line, at) => `<SYNC Start=${at * 1000}><P Class=EN>${line}`).join('\n')}</BODY></SAMI>`,
  ttml: `<tt xmlns="http://www.w3.org/ns/ttml"><body><div>${lines.map((_, at) => `<p begin="${at}s" end="${at + 0.9}s">line ${at}<br/></p>`).join('')}</div></body></tt>`,
  lrc: lines.map((line, at) => `[00:0${at}.00]${line}`).join('\n'),
};

export function subtitleOriginals(): Original[] {
  const written = Object.entries(formats).map(([ending, text]) => ({
    extension: `.${ending}`,
    bytes: Buffer.from(text),
  }));
  const read = readdirSync(fixtures)
    .filter((name) => name.endsWith('.srt'))
    .map((name) => ({ extension: extname(name), bytes: readFileSync(join(fixtures, name)) }));
  return [...written, ...read];
}
