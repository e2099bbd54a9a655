import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { convertedGraph } from '../../../../src/main/importing/tensorflow/convertedGraph.ts';
import { models } from './packageGraphs.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'playhead-graphs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const emotion = join(models, 'emotion.json');
const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

it('a graph is converted once and found the next time', async () => {
  const file = await convertedGraph(emotion, join(folder, 'not', 'there', 'yet'));
  const { ino, mtimeMs } = statSync(file);
  expect(await convertedGraph(emotion, join(folder, 'not', 'there', 'yet'))).toBe(file);
  expect(statSync(file)).toMatchObject({ ino, mtimeMs });
});

it.each([
  ['cut short', (file: string) => truncateSync(file, 1000)],
  ['changed by a byte', (file: string) => flipByte(file)],
  ['without its hash', (file: string) => rmSync(`${file}.sha256`)],
])('one that is damaged in the cache is made again: %s', async (_how, damage) => {
  const file = await convertedGraph(emotion, folder);
  const whole = sha256(file);
  damage(file);
  expect(await convertedGraph(emotion, folder)).toBe(file);
  expect(sha256(file)).toBe(whole);
});

it('what another version left of the same graph goes; other graphs and files stay', async () => {
  const old = 'emotion-0123456789abcdef.onnx';
  const others = ['emotion-large-0123456789abcdef.onnx', 'iris-0123456789abcdef.onnx', 'emotion-notes.txt'];
  for (const name of [old, `${old}.sha256`, ...others]) writeFileSync(join(folder, name), 'x');
  const file = await convertedGraph(emotion, folder);
  const mine = [file, `${file}.sha256`].map((path) => path.slice(folder.length + 1));
  expect(readdirSync(folder).sort()).toEqual([...mine, ...others].sort());
});

it('a folder that cannot be written is told with its place', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  await expect(convertedGraph(emotion, file)).rejects.toMatchObject({ code: 'file-unreadable' });
});

function flipByte(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length - 100] = (bytes[bytes.length - 100] as number) ^ 1;
  writeFileSync(file, bytes);
}
