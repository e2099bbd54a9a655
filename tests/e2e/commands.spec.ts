/** The terminal shell, as built, on real files and with the real engine. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { playhead, playheadInto } from '../../tools/lib/builtPlayhead.ts';
import { makeEverySort, type TestFiles } from '../support/media.ts';

const samples = join(import.meta.dirname, '..', '..', 'resources', 'samples');
let folder: string;
let library: string;
let files: TestFiles;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-commands-'));
  library = join(folder, 'library');
  files = await makeEverySort(join(folder, 'media'));
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

test('index reports every bad file by name with a reason, and indexes all the others', () => {
  const result = playhead('index', join(folder, 'media'), '--library', library, '--json');
  expect(result.exitCode).toBe(1);
  const report = JSON.parse(result.stdout);
  expect(report.indexed.map((file: { file: string }) => file.file).sort()).toEqual([...files.good].sort());
  const half = report.indexed.find((file: { file: string }) => file.file === 'half a film.mp4');
  expect(half.notices.join(' ')).toContain('cut off');
  const reasons = Object.fromEntries(
    report.failed.map((error: { file: string; code: string }) => [error.file.split('/').at(-1), error.code]),
  );
  expect(Object.keys(reasons).sort()).toEqual([...files.bad].sort());
  expect(reasons['nothing.mp4']).toBe('file-empty');
  expect(reasons['a letter.mp4']).toBe('file-not-media');
  expect(reasons['cut off.mp4']).toBe('file-damaged');
  for (const name of files.bad) expect(result.stderr).toContain(name);
});

test('index a second time leaves what has not changed as it is', () => {
  const report = JSON.parse(playhead('index', join(folder, 'media'), '--library', library, '--json').stdout);
  expect(report.indexed).toEqual([]);
  expect(report.unchanged).toBe(files.good.length);
});

test('search finds a file by its name and says why', () => {
  const result = JSON.parse(playhead('search', 'holiday', '--library', library, '--json').stdout);
  expect(result.hits[0].fileName).toBe('holiday 🏖️ with spaces.mp4');
  expect(result.hits[0].reasons[0].kind).toBe('fileName');
});

test('search for words that stand nowhere finds nothing', () => {
  const result = JSON.parse(playhead('search', 'xylophonist', '--library', library, '--json').stdout);
  expect(result.hits).toEqual([]);
});

test('ask about a sample clip answers right, from the picture and from the sound', () => {
  const clip = join(samples, 'red-circle-and-bell.mp4');
  const seen = playhead('ask', clip, 'Which colour does the circle have?', '--library', library, '--json');
  expect(seen.exitCode, seen.stderr).toBe(0);
  expect(JSON.parse(seen.stdout).text).toMatch(/red/i);
  const heard = playhead('ask', clip, 'What do you hear?', '--modality', 'audio', '--library', library, '--json');
  expect(JSON.parse(heard.stdout).text).toMatch(/bell/i);
  expect(JSON.parse(heard.stdout).provenance.modality).toBe('audio');
});

test('ask for the sound of a file that has none says so', () => {
  const silent = join(folder, 'media', 'without sound.mp4');
  const result = playhead('ask', silent, 'What do you hear?', '--modality', 'audio', '--library', library, '--json');
  expect(result.exitCode).toBe(1);
  expect(JSON.parse(result.stdout).error.code).toBe('no-audio');
});

test('ask and caption say of other footage that the sample model does not know it, in words and as a code', () => {
  const own = join(folder, 'media', 'whole.mp4');
  const asked = playhead('ask', own, 'What colour is it?', '--library', library, '--json');
  expect(asked.exitCode, asked.stderr).toBe(0);
  const unknown = { text: 'The sample model does not know footage like this.', code: 'out-of-domain' };
  expect(JSON.parse(asked.stdout)).toMatchObject({ ...unknown, provenance: { domain: { isInDomain: false } } });
  expect(JSON.parse(playhead('caption', own, '--library', library, '--json').stdout)).toMatchObject(unknown);
  const inWords = playhead('ask', own, 'What colour is it?', '--library', library);
  expect(inWords.stdout).toContain(unknown.text);
  expect(inWords.stderr).toContain('playhead models pull');
});

test('caption describes a sample clip', () => {
  const result = playhead('caption', join(samples, 'red-circle-and-bell.mp4'), '--library', library, '--json');
  expect(JSON.parse(result.stdout)).not.toHaveProperty('code');
  expect(JSON.parse(result.stdout).text).toMatch(/red circle/i);
});

test('a file that is not there, a clip beyond the end and a model that is none are clear errors', () => {
  const missing = playhead('ask', join(folder, 'gone.mp4'), 'What?', '--library', library, '--json');
  expect(JSON.parse(missing.stdout).error.code).toBe('file-not-found');
  expect(missing.exitCode).toBe(1);
  const clip = join(samples, 'red-circle-and-bell.mp4');
  const beyond = playhead('ask', clip, 'What?', '--start', '500', '--library', library, '--json');
  expect(JSON.parse(beyond.stdout).error.code).toBe('invalid-input');
  const noModel = playhead('ask', clip, 'What?', '--model', folder, '--library', library, '--json');
  expect(JSON.parse(noModel.stdout).error.code).toBe('model-missing');
});

test('a command that does not exist is refused with advice', () => {
  const result = playhead('indx', folder);
  expect(result.exitCode).not.toBe(0);
  expect(result.stderr).toContain("unknown command 'indx'");
});

test('a model is verified by its name, and the one that comes with Playhead is not removed', () => {
  const verified = playhead('models', 'verify', 'playhead-sample-av', '--library', library);
  expect(verified.exitCode, verified.stderr).toBe(0);
  expect(verified.stdout).toMatch(/is what its manifest says: \d+ files, [\d.]+ MB/);
  const removed = playhead('models', 'remove', 'playhead-sample-av', '--library', library);
  expect(removed.exitCode).toBe(1);
  expect(removed.stderr).toContain('comes with Playhead');
});

test('models use keeps its exit code, however often it is called', () => {
  for (let time = 0; time < 3; time++)
    expect(playhead('models', 'use', 'playhead-sample-av', '--library', library).exitCode).toBe(0);
});

test('a reader that goes away after one line ends a command without complaint', () => {
  const { stdout, stderr } = playheadInto('head -1', 'models', 'list', '--library', library);
  expect(stdout).toContain('playhead-sample-av');
  expect(stderr).toBe('');
});

test('a file that is not there is not shown in a window', () => {
  const asked = playhead('--ask', join(folder, 'gone.mp4'), '--library', library);
  expect(asked.exitCode).toBe(1);
  expect(asked.stderr).toContain('gone.mp4');
});
