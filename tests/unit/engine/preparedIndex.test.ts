/** What ships with the sample clips is what indexing them gives, and a first start shows it at once. */
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../src/main/core/createEngine.ts';
import {
  bundleDigest,
  decodeVector,
  encodeVector,
  type PreparedClip,
  readPreparedIndex,
} from '../../../src/main/core/engine/preparedIndex/preparedIndexFile.ts';
import { forkHost } from '../../../src/main/core/forkHost.ts';
import { connectLibrary } from '../../../src/main/core/library/connectLibrary.ts';
import { fingerprintFile } from '../../../src/main/core/media/fingerprint.ts';

const resourcesFolder = join(import.meta.dirname, '..', '..', '..', 'resources');
const samples = join(resourcesFolder, 'samples');
const remedy = 'run `node scripts/buildSampleIndex.ts`';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-prepared-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function clips(): Promise<PreparedClip[]> {
  return (await readPreparedIndex(join(resourcesFolder, 'sample-index')))?.clips ?? [];
}

const open = (addSamples: boolean): Promise<Engine> =>
  createEngine({
    version: 'test',
    libraryFolder: join(folder, 'library'),
    resourcesFolder,
    spawnHost: forkHost,
    addSamples,
  });

describe('the prepared index of the samples', () => {
  it('belongs to the bundle and the clips that ship', async () => {
    const index = await readPreparedIndex(join(resourcesFolder, 'sample-index'));
    expect(index?.bundle, remedy).toBe(await bundleDigest(join(resourcesFolder, 'models', 'sample-av')));
    const listed = JSON.parse(await readFile(join(samples, 'samples.json'), 'utf8')).clips as { file: string }[];
    expect(
      index?.clips.map(({ file }) => file),
      remedy,
    ).toEqual(listed.map(({ file }) => file));
    for (const { file, fingerprint, facts } of index?.clips ?? []) {
      const { length } = await readFile(join(samples, file));
      expect(facts.sizeBytes, `${file}: ${remedy}`).toBe(length);
      expect(fingerprint, `${file}: ${remedy}`).toBe(await fingerprintFile(join(samples, file), length));
    }
  });

  it('is what a first start shows, every clip ready and found, with no file indexed', async () => {
    const engine = await open(true);
    const kinds = new Set<string>();
    engine.onEvent((event) => event.type === 'job' && kinds.add(event.job.kind));
    await engine.whenIdle();
    const { items } = await engine.api.listMedia({});
    expect(items.map(({ fileName, state }) => [fileName, state])).toEqual(
      (await clips()).map(({ file }) => [file, 'ready']),
    );
    const { hits } = await engine.api.search({ text: 'red circle' });
    expect(hits.map(({ fileName }) => fileName)).toContain('red-circle-and-bell.mp4');
    const picture = await engine.openRoute(items[0]?.thumbnail ?? '');
    expect((await readFile(picture?.path ?? '')).length).toBeGreaterThan(500);
    expect([...kinds]).toEqual([]);
    await engine.close();
  });

  it('is what indexing gives', async () => {
    // Their own copies: a copy of a sample is indexed as any other file.
    const names = ['red-circle-and-bell.mp4', 'two-shapes-in-turn.mp4'];
    for (const name of names) await copyFile(join(samples, name), join(folder, name));
    const engine = await open(false);
    await engine.api.addToLibrary({ paths: names.map((name) => join(folder, name)) });
    await engine.whenIdle();
    const { items } = await engine.api.listMedia({});
    await engine.close();
    const library = await connectLibrary({ folder: join(folder, 'library') });
    for (const item of items) {
      const clip = (await clips()).find(({ file }) => file === item.fileName);
      const { segments } = await library.getMedia(item.id);
      const known = segments.map(({ startSec, endSec, knowledge }) => ({ startSec, endSec, knowledge }));
      expect(known, `${item.fileName}: ${remedy}`).toEqual(
        clip?.segments.map(({ startSec, endSec, knowledge }) => ({ startSec, endSec, knowledge })),
      );
      expect(item.notices, `${item.fileName}: ${remedy}`).toEqual(clip?.notices);
      expect(item, `${item.fileName}: ${remedy}`).toMatchObject(clip?.facts ?? { kind: 'none' });
      const vectors = await library.getVectors(item.id);
      const prepared = clip?.segments.flatMap((segment) => segment.vectors) ?? [];
      expect(vectors.map(({ space }) => space)).toEqual(prepared.map(({ space }) => space));
      for (const [i, { vector }] of vectors.entries()) {
        expect(cosine(vector, decodeVector(prepared[i]?.values ?? ''))).toBeGreaterThan(0.9999);
      }
    }
    await library.close();
    expect(items.map(({ fileName }) => fileName).sort()).toEqual(names);
  });

  it('keeps a vector as it is', () => {
    expect(decodeVector(encodeVector([0.5, -0.25, 1]))).toEqual([0.5, -0.25, 1]);
  });
});

function cosine(a: number[], b: number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
