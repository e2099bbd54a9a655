/** Nothing is opened before it is asked what it is: a pipe, a socket, a device in the place of each file that is read. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadChatTemplate } from '../../../src/main/answering/preprocess/text/chatTemplate.ts';
import { loadTextTokenizer, type TextTokenizer } from '../../../src/main/answering/preprocess/text/textTokenizer.ts';
import { openCheckpoint } from '../../../src/main/importing/checkpoint/openCheckpoint.ts';
import { checkTokenizer, copiesOf, tokenizerFiles } from '../../../src/main/importing/checkpoint/tokenizerFiles.ts';
import { Problems } from '../../../src/main/importing/problems.ts';
import { openMedia } from '../../../src/main/media/openMedia.ts';
import { readBoundedFile } from '../../../src/main/media/subtitles/readBoundedFile.ts';
import { readBundleManifest } from '../../../src/main/models/bundleManifest.ts';
import { LARGEST_TEXT_FILE, openRegularFile, readRegularFile } from '../../../src/main/ports/regularFile.ts';
import { temporaryFolder } from '../media/makeMedia.ts';

const home = temporaryFolder();
let folders = 0;

/** What can stand where a file should be, and what it is called. */
const oddities: Record<string, { make: (file: string) => unknown; told: RegExp }> = {
  'a folder': { make: (file) => mkdirSync(file), told: /is a folder, not/ },
  'a pipe': { make: (file) => execFileSync('mkfifo', [file]), told: /is a pipe, not a plain file/ },
  'a socket': { make: listen, told: /is a socket, not a plain file/ },
  'a link to /dev/zero': {
    make: (file) => symlinkSync('/dev/zero', file),
    told: /is a device, not a plain file|is a link to a file outside/,
  },
};

/** Each place where a file from outside is opened: the file's name, and what opens it. */
const places: Record<string, { name: string; open: (folder: string) => Promise<unknown> }> = {
  'the only shard of a checkpoint': { name: 'model.safetensors', open: checkpointProblems },
  'the index of its shards': { name: 'model.safetensors.index.json', open: checkpointProblems },
  'a part that torch saved': { name: 'mm_projector.bin', open: checkpointProblems },
  'the tokenizer of a checkpoint': { name: 'tokenizer.json', open: tokenizerProblems },
  'what is copied into a bundle': { name: 'generation_config.json', open: copyProblems },
  'the manifest of a bundle': { name: 'manifest.json', open: readBundleManifest },
  'the tokenizer of a bundle': { name: 'tokenizer.json', open: loadTextTokenizer },
  'the chat template of a bundle': {
    name: 'chat_template.jinja',
    open: (folder) => loadChatTemplate(folder, { chatTemplate: 'x' } as TextTokenizer),
  },
  'a picture': { name: 'picture.heic', open: (folder) => openMedia(path.join(folder, 'picture.heic')) },
  'a film': { name: 'film.mp4', open: (folder) => openMedia(path.join(folder, 'film.mp4')) },
  subtitles: { name: 'film.srt', open: (folder) => readBoundedFile(path.join(folder, 'film.srt')) },
};

const cases = Object.keys(places).flatMap((place) => Object.keys(oddities).map((odd) => ({ place, odd })));

test.skipIf(process.platform === 'win32').each(cases)('$odd in the place of $place is refused by name', async (one) => {
  const { name, open } = places[one.place] as (typeof places)[string];
  const { make, told } = oddities[one.odd] as (typeof oddities)[string];
  const folder = path.join(home, String(folders++));
  mkdirSync(folder);
  make(path.join(folder, name));
  const refused = await open(folder).then(
    () => null,
    (thrown: { message: string; file?: string }) => thrown,
  );
  expect(refused?.message).toMatch(told);
  expect(`${refused?.message} ${refused?.file}`).toContain(name);
});

test('a text larger than any is refused by its size, without a byte of it in memory', async () => {
  const file = path.join(home, 'tokenizer.json');
  writeFileSync(file, '{}');
  truncateSync(file, 40 * 2 ** 30);
  await expect(readRegularFile(file, LARGEST_TEXT_FILE)).rejects.toMatchObject({
    code: 'file-unreadable',
    message: `This has ${40 * 2 ** 30} bytes, more than the limit of ${LARGEST_TEXT_FILE}.`,
    file,
  });
  await expect(tokenizerProblems(home)).rejects.toThrow(/tokenizer.json has 42949672960 bytes/);
  await expect(loadTextTokenizer(home)).rejects.toThrow(/42949672960 bytes/);
});

test('a plain file is read as it is, through a link too, and what is missing is told as the system does', async () => {
  const file = path.join(home, 'plain.txt');
  writeFileSync(file, 'plain');
  symlinkSync(file, path.join(home, 'link.txt'));
  expect(String(await readRegularFile(path.join(home, 'link.txt'), 100))).toBe('plain');
  await expect(openRegularFile(path.join(home, 'missing'))).rejects.toMatchObject({ code: 'ENOENT' });
});

async function checkpointProblems(folder: string): Promise<void> {
  const problems = new Problems(folder);
  await (await openCheckpoint(folder, problems)).close();
  problems.throwIfAny();
}

async function tokenizerProblems(folder: string): Promise<void> {
  const problems = new Problems(folder);
  await checkTokenizer(folder, problems);
  problems.throwIfAny();
}

async function copyProblems(folder: string): Promise<void> {
  const problems = new Problems(folder);
  await copiesOf(
    folder,
    tokenizerFiles.filter(({ required }) => !required),
    problems,
  );
  problems.throwIfAny();
}

function listen(file: string): void {
  const server = createServer().listen(file);
  onTestFinished(() => void server.close());
}
