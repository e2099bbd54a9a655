/** Parts of a model that are opened one after the other. */
import { readdirSync, readlinkSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLanguageModel } from '../../../src/main/answering/model/decoder.ts';
import { openTogether } from '../../../src/main/answering/model/openTogether.ts';
import { readBundleManifest } from '../../../src/main/models/bundleManifest.ts';
import { requireKind } from '../../../src/main/models/kinds/bundleKinds.ts';

const sample = join(import.meta.dirname, '../../../resources/models/sample-av');

function part(name: string, told: string[]) {
  told.push(`open ${name}`);
  return { close: () => void told.push(`close ${name}`) };
}

test('where a later part cannot be opened, those before it are closed, and its own error is told', async () => {
  const told: string[] = [];
  const opening = openTogether({
    first: () => part('first', told),
    none: () => null,
    second: () => part('second', told),
    third: () => Promise.reject(new Error('third is broken')),
    fourth: () => part('fourth', told),
  });
  await expect(opening).rejects.toThrow('third is broken');
  expect(told).toEqual(['open first', 'open second', 'close first', 'close second']);
});

test('where what is made of the parts fails, all are closed; one that does not close hides nothing', async () => {
  const told: string[] = [];
  const stuck = { close: () => Promise.reject(new Error('stuck')) };
  const opening = openTogether({ stuck: () => stuck, second: () => part('second', told) }, () => {
    throw new Error('they do not fit');
  });
  await expect(opening).rejects.toThrow('they do not fit');
  expect(told).toEqual(['open second', 'close second']);
});

test.skipIf(process.platform !== 'linux')(
  'a language model whose network is broken leaves its token embeddings closed',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'playhead-broken-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const manifest = requireKind(await readBundleManifest(sample), 'videollama2', sample);
    const { file } = manifest.tokenEmbeddings;
    await cp(join(sample, file), join(folder, file));
    await writeFile(join(folder, manifest.graphs.decoder.file), 'no network');
    await expect(openLanguageModel(folder, manifest, { providers: ['cpu'] })).rejects.toMatchObject({
      code: 'model-invalid',
    });
    expect(openFiles().filter((path) => path.startsWith(folder))).toEqual([]);
  },
);

function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      return []; // the one that lists them
    }
  });
}
