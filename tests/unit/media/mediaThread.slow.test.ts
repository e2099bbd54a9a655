/** The thread that decodes pictures and reads subtitles, so that nothing in a file holds up the program. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { openMedia } from '../../../src/main/media/openMedia.ts';
import { onMediaThread } from '../../../src/main/media/thread/onMediaThread.ts';
import { temporaryFolder } from './makeMedia.ts';

const folder = temporaryFolder();
const fixtures = path.join(import.meta.dirname, '../../fixtures/media');
const heic = path.join(fixtures, readdirSync(fixtures).find((name) => name.endsWith('.heic')) as string);

const cues = (count: number) => ({
  bytes: new TextEncoder().encode('1\n00:00:01,000 --> 00:00:02,000\nword\n\n'.repeat(count)),
  extension: '.srt',
  hinted: [],
  fps: 0,
});

it('HEIC and subtitles in old encodings are read without their decoders in the thread that asks', async () => {
  const picture = path.join(folder, 'picture.heic');
  const sound = path.join(folder, 'sound.wav');
  await copyFile(heic, picture);
  await writeFile(sound, silence());
  await writeFile(
    path.join(folder, 'sound.ru.srt'),
    Buffer.from('1\n00:00:00,000 --> 00:00:00,500\n\xcf\xf0\xe8\xe2\xe5\xf2\n', 'latin1'),
  );
  const [frame] = await (await openMedia(picture)).framesAt([0]);
  expect(frame?.width).toBeGreaterThan(0);
  expect((await (await openMedia(sound)).subtitles()).cues.map(({ text }) => text)).toEqual(['Привет']);
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  expect(loaded.filter((file) => /libheif-js|iconv-lite|jschardet/.test(file))).toEqual([]);
});

it('a task that takes too long is ended with its thread, and the next one has a new thread', async () => {
  await expect(onMediaThread('readCues', cues(1000), { limitSec: 0 })).rejects.toThrow('it took longer than 0 s');
  expect((await onMediaThread('readCues', cues(1), { limitSec: 60 })).cues).toEqual([
    { startSec: 1, endSec: 2, text: 'word' },
  ]);
});

it('a task that is not wanted any more ends at once with the reason, whether it runs or waits', async () => {
  const running = new AbortController();
  const waiting = new AbortController();
  const [first, second, third] = [
    onMediaThread('readCues', cues(50_000), { limitSec: 60, signal: running.signal }),
    onMediaThread('readCues', cues(50_000), { limitSec: 60, signal: waiting.signal }),
    onMediaThread('readCues', cues(2), { limitSec: 60 }),
  ];
  running.abort(new Error('stopped'));
  waiting.abort(new Error('withdrawn'));
  await expect(first).rejects.toThrow('stopped');
  await expect(second).rejects.toThrow('withdrawn');
  expect((await third).cues).toHaveLength(1);
});

it('what a decoder prints about a damaged picture does not come out of the program, whose output may be JSON', async () => {
  const picture = path.join(folder, 'damaged.heic');
  const bytes = await readFile(heic);
  bytes[bytes.indexOf('iloc') + 4] = 153; // a version of the table of places that there will never be
  await writeFile(picture, bytes);
  const program = path.join(import.meta.dirname, 'programs', 'openOne.ts');
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, picture]);
  expect({ stdout, stderr }).toEqual({ stdout: 'file-unreadable\n', stderr: '' });
});

it('what a task throws is thrown to the one who asked', async () => {
  const missing = { file: path.join(folder, 'missing.heic') };
  await expect(onMediaThread('readHeifSize', missing, { limitSec: 60 })).rejects.toThrow(/no such file/);
});

/** A second of a WAV: 8 bits, 4,000 Hz. */
function silence(): Buffer {
  const header = Buffer.from('524946460000000057415645666d7420100000000100010000000000000000000100080064617461', 'hex');
  header.writeUInt32LE(4036, 4);
  header.writeUInt32LE(4000, 24);
  header.writeUInt32LE(4000, 28);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(4000);
  return Buffer.concat([header, length, Buffer.alloc(4000, 128)]);
}
