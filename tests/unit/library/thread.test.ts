import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { PlayheadError } from '../../../src/contract/index.ts';
import { connectLibrary } from '../../../src/main/library/connectLibrary.ts';
import { unpackedPath } from '../../../src/main/library/openLibrary.ts';
import { threadUrl } from '../../../src/main/ports/threadUrl.ts';
import { addIndexedFile, knows, temporaryFolder } from './libraryFixture.ts';

async function connect(folder = temporaryFolder()) {
  const library = await connectLibrary({ folder });
  onTestFinished(() => library.terminate());
  return library;
}

test('the library answers from its own thread', async () => {
  const library = await connect();
  const { segmentIds } = await addIndexedFile(library, '/v/duet 🎶.mp4', [[knows('thing', 'tv')]]);
  await library.setVector('space', 3, { segmentId: segmentIds[0] as string, vector: [1, 2, 3] });
  const { hits } = await library.search({ text: 'television', limit: 5, vector: [1, 2, 3], space: 'space' });
  expect(hits[0]?.reasons.map((reason) => reason.kind)).toEqual(['thing', 'meaning']);
});

test('errors cross as they were thrown', async () => {
  const library = await connect();
  const error = await library.getMedia('nobody').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PlayheadError);
  expect(error).toMatchObject({ code: 'not-found', message: 'There is no file "nobody" in this library.' });
});

test('a library that cannot be opened is refused with its reason', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, 'x');
  await expect(connectLibrary({ folder: file })).rejects.toMatchObject({ code: 'invalid-input' });
});

test('a closed or killed thread says so at every call', async () => {
  const folder = temporaryFolder();
  const closed = await connect(folder);
  await closed.setSetting('a', 'b');
  await closed.close();
  await expect(closed.counts()).rejects.toMatchObject({ code: 'connection-lost' });
  const killed = await connect(folder);
  const pending = killed.getSetting('a');
  await killed.terminate();
  await pending.catch((error) => expect(error).toMatchObject({ code: 'connection-lost' }));
  await expect(killed.getSetting('a')).rejects.toMatchObject({ code: 'connection-lost' });
  expect(await (await connect(folder)).getSetting('a')).toBe('b');
});

test('a slow query does not stop the thread that asked', async () => {
  const library = await connect();
  let ticks = 0;
  const clock = setInterval(() => ticks++, 1);
  await addIndexedFile(
    library,
    '/v/a.mp4',
    Array.from({ length: 200 }, () => [knows('caption', 'many words '.repeat(200))]),
  );
  clearInterval(clock);
  expect(ticks).toBeGreaterThan(10);
});

test('the thread is found beside the source, beside a built chunk and one folder above it', () => {
  const built = temporaryFolder();
  mkdirSync(join(built, 'chunks'));
  const from = (path: string) => threadUrl(pathToFileURL(join(built, path)).href, 'libraryWorker').href;
  expect(() => from('index.js')).toThrow(/missing from this build/);
  writeFileSync(join(built, 'libraryWorker.js'), '');
  const worker = pathToFileURL(join(built, 'libraryWorker.js')).href;
  expect(from('index.js')).toBe(worker);
  expect(from('chunks/connect-1a2b.js')).toBe(worker);
  expect(threadUrl('file:///src/library/connectLibrary.ts', 'libraryWorker').href).toBe(
    'file:///src/library/libraryWorker.ts',
  );
});

test('a native file inside an app archive is taken from beside it', () => {
  expect(unpackedPath(join('/app', 'app.asar', 'node_modules', 'vec0.so'))).toBe(
    join('/app', 'app.asar.unpacked', 'node_modules', 'vec0.so'),
  );
});
