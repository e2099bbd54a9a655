import { appendFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFetched } from '../../../src/main/downloading/fetchedManifest.ts';
import { folderSource } from '../../../src/main/downloading/folderSource.ts';
import { pulledBytes, pullModel, removePulled } from '../../../src/main/downloading/pullModel.ts';
import type { PullProgress } from '../../../src/main/downloading/pullProgress.ts';
import { entry, expectWhole, openPlace, type PullPlaceForTest, pull, repository } from './pullFixture.ts';

let place: PullPlaceForTest;
beforeEach(async () => {
  place = await openPlace();
});
afterEach(() => place.end());

const largest = 'model-00001-of-00002.safetensors';

test('a model comes whole, with a manifest of its commit and hashes', async () => {
  const { folder, commit } = await pull(place);
  await expectWhole(folder);
  expect(commit).toBe(place.hub.commitOf(repository));
  const [part] = (await readFetched(folder))?.parts ?? [];
  expect(part).toMatchObject({ repository, commit, into: '' });
  expect(part?.files.find(({ path }) => path === largest)?.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('what was fetched before a cut is not fetched again', async () => {
  place.hub.faults.push({ kind: 'cut', step: 'blob', times: 1, at: 0.6 });
  const { folder } = await pull(place);
  await expectWhole(folder);
  const ranges = place.hub.requests.filter(({ host, range }) => host === 'cdn' && range !== null);
  expect(ranges).toHaveLength(1);
  expect(Number(/\d+/.exec(ranges[0]?.range ?? '')?.[0])).toBeGreaterThan(100_000);
});

test('a pull that is stopped goes on where it was, at the commit that it began with', async () => {
  const stopping = new AbortController();
  place.hub.faults.push({ kind: 'slow', step: 'blob', times: 9 });
  const onProgress = ({ file, bytesDone, stage }: PullProgress) => {
    if (stage === 'fetching' && file?.endsWith('.safetensors') && bytesDone > 0) stopping.abort(new Error('stop'));
  };
  await expect(pullModel(entry, place.needs(), { signal: stopping.signal, onProgress })).rejects.toThrow('stop');
  const { folder } = await pull(place);
  await expectWhole(folder);
});

test('bytes behind those that the journal vouches for are written anew', async () => {
  place.hub.faults.push({ kind: 'cut', step: 'blob', times: 99, at: 0.3 });
  await pull(place).catch(() => {});
  place.hub.faults.length = 0;
  const revision = join(
    place.downloads,
    'DAMO-NLP-SG--VideoLLaMA2.1-7B-AV',
    place.hub.commitOf(repository).slice(0, 12),
  );
  for (const name of await readdir(revision))
    if (name.endsWith('.part')) await appendFile(join(revision, name), 'bytes that a power cut left');
  await expectWhole((await pull(place)).folder);
});

test('wrong bytes are set aside and told, and a new start fetches them anew', async () => {
  place.hub.faults.push({ kind: 'wrongBytes', step: 'blob', times: 1 });
  const error = await pull(place).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'download-damaged' });
  const aside = (error as { file: string }).file;
  expect((await stat(aside)).size).toBeGreaterThan(0);
  expect(aside).toMatch(/\.wrong$/);
  expect(await readFetched(join(aside, '..'))).toBeNull();
  await expectWhole((await pull(place)).folder);
});

test('a part of another file is not gone on with', async () => {
  place.hub.faults.push({ kind: 'cut', step: 'blob', times: 99, at: 0.3 });
  await pull(place).catch(() => {});
  place.hub.faults.length = 0;
  const revision = join(
    place.downloads,
    'DAMO-NLP-SG--VideoLLaMA2.1-7B-AV',
    place.hub.commitOf(repository).slice(0, 12),
  );
  for (const name of await readdir(revision)) {
    if (!name.endsWith('.part.json')) continue;
    const journal = JSON.parse(await readFile(join(revision, name), 'utf8'));
    await writeFile(join(revision, name), JSON.stringify({ ...journal, sha256: '0'.repeat(64), gitSha1: null }));
  }
  place.hub.requests.length = 0;
  await expectWhole((await pull(place)).folder);
  expect(place.hub.requests.filter(({ range }) => range !== null)).toEqual([]);
});

test('a server that sends all of a file where a part was asked for is understood', async () => {
  place.hub.faults.push({ kind: 'cut', step: 'blob', times: 1 }, { kind: 'ignoredRange', step: 'blob', times: 1 });
  await expectWhole((await pull(place)).folder);
});

test('the token goes to the endpoint’s own host alone', async () => {
  place.hub.token = 'hf_secret';
  const { folder } = await pullModel(entry, place.needs('hf_secret'));
  await expectWhole(folder);
  const seen = (host: string) => place.hub.requests.filter((request) => request.host === host);
  expect(seen('hub').every(({ authorization }) => authorization === 'Bearer hf_secret')).toBe(true);
  expect(seen('cdn').length).toBeGreaterThan(0);
  expect(seen('cdn').filter(({ authorization }) => authorization !== null)).toEqual([]);
});

test('two that pull the same model at once fetch every file once', async () => {
  place.hub.faults.push({ kind: 'slow', step: 'blob', times: 1 });
  const stages = new Set<string>();
  const watch = { onProgress: ({ stage }: PullProgress) => stages.add(stage) };
  const [first, second] = await Promise.all([1, 2].map(() => pullModel(entry, place.needs(), watch)));
  expect(second).toEqual(first);
  await expectWhole(first?.folder ?? '');
  expect(place.hub.requests.filter(({ host }) => host === 'cdn')).toHaveLength(2);
  expect(stages).toContain('elsewhere');
});

test('what a finished file lost since is noticed and fetched again', async () => {
  const { folder } = await pull(place);
  await writeFile(join(folder, largest), 'something else');
  await expectWhole((await pull(place)).folder);
});

test('the same model comes from a folder that was fetched elsewhere, and what is wrong there is told', async () => {
  const { folder } = await pull(place);
  const elsewhere = await openPlace();
  const needs = { ...elsewhere.needs(), source: folderSource(folder), endpoint: folder };
  await expectWhole((await pullModel(entry, needs)).folder);
  const third = await openPlace();
  await writeFile(join(folder, largest), (await readFile(join(folder, largest))).fill(0, 900, 1000));
  await expect(pullModel(entry, { ...needs, downloads: third.downloads })).rejects.toMatchObject({
    code: 'download-damaged',
  });
  await Promise.all([elsewhere.end(), third.end()]);
});

test('without room nothing is begun, and what is missing is said', async () => {
  const needs = { ...place.needs(), importBytes: () => 1e18 };
  await expect(pullModel(entry, needs)).rejects.toMatchObject({
    code: 'disk-full',
    hint: expect.stringMatching(/Free [\d.]+ TB/),
  });
  expect(place.hub.requests.filter(({ path }) => path.includes('/resolve/'))).toEqual([]);
});

test('what was fetched goes on request, half of a file and what was set aside as well; while it comes, it stays', async () => {
  place.hub.faults.push({ kind: 'cut', step: 'blob', times: 99, at: 0.3 });
  await pull(place).catch(() => {});
  place.hub.faults.length = 0;
  const half = await pulledBytes(place.downloads, repository);
  expect(half).toBeGreaterThan(0);
  place.hub.faults.push({ kind: 'slow', step: 'blob', times: 2 });
  let refused: unknown = null;
  await pullModel(entry, place.needs(), {
    async onProgress({ stage }) {
      if (stage !== 'fetching' || refused !== null) return;
      refused = undefined;
      refused = await removePulled(place.downloads, repository).catch((thrown: unknown) => thrown);
    },
  });
  expect(refused).toMatchObject({ code: 'invalid-input' });
  const { bytes } = await removePulled(place.downloads, repository);
  expect(bytes).toBeGreaterThan(half);
  expect(await pulledBytes(place.downloads, repository)).toBe(0);
  expect(await removePulled(place.downloads, repository)).toEqual({ bytes: 0 });
});
