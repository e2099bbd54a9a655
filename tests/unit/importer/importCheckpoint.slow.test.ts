import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveVisionTower } from '../../../src/main/importing/checkpoint/visionTowers.ts';
import { importCheckpoint } from '../../../src/main/importing/importCheckpoint.ts';
import { Problems } from '../../../src/main/importing/problems.ts';
import type { ImportProgress } from '../../../src/main/importing/progress.ts';
import { bundleManifestSchema, type VideoLlamaManifest } from '../../../src/main/models/bundleManifest.ts';
import { verifyBundle } from '../../../src/main/models/verifyBundle.ts';
import { makeTempFolder, parityFolder, writeChanged } from './checkpointFiles.ts';
import { importError } from './importError.ts';

const family = 'qwen2-siglip-stc35-beats';
let temp: Awaited<ReturnType<typeof makeTempFolder>>;
let checkpoint: string;
let bundle: string;

beforeEach(async () => {
  temp = await makeTempFolder();
  checkpoint = join(temp.path, 'checkpoint');
  bundle = join(temp.path, 'bundle');
});
afterEach(() => temp.remove());

describe('an import', () => {
  it('gives a bundle whose manifest fits the schema, lists every file and says what the model can do', async () => {
    const { manifest } = await importCheckpoint({
      checkpointFolder: join(parityFolder, family),
      bundleFolder: bundle,
      name: 'Tiny',
      licence: 'Apache-2.0',
    });
    expect(bundleManifestSchema.parse(JSON.parse(await readFile(join(bundle, 'manifest.json'), 'utf8')))).toEqual(
      manifest,
    );
    const files = (await readdir(bundle)).filter((name) => name !== 'manifest.json');
    expect(new Set(manifest.files.map(({ path }) => path))).toEqual(new Set(files));
    expect(manifest).toMatchObject({
      kind: 'videollama2',
      name: 'Tiny',
      licence: 'Apache-2.0',
      modalities: ['video', 'audio', 'av'],
      systemMessage: null,
      architecture: { numFrames: 8, language: { eosTokenIds: [511], bosTokenId: null }, audio: { tokens: 1496 } },
      tokenEmbeddings: { dtype: 'f32', rows: 512, columns: 64 },
    });
    expect(await verifyBundle(bundle)).toEqual(manifest);
  });

  it('leaves alone what another import is writing at the same place, and says so', async () => {
    const input = { checkpointFolder: join(parityFolder, family), bundleFolder: bundle };
    const ends = await Promise.allSettled([importCheckpoint(input), importCheckpoint(input)]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = ends.find((end) => end.status === 'rejected');
    expect(refused?.reason).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('Another import'),
    });
    await verifyBundle(bundle);
  });

  it('gives the Mistral family its system message, as the reference sends it', async () => {
    const { manifest } = await importCheckpoint({
      checkpointFolder: join(parityFolder, 'mistral-clip-stc'),
      bundleFolder: bundle,
    });
    const expected = JSON.parse(await readFile(join(parityFolder, 'mistral-clip-stc', 'expected.json'), 'utf8'));
    expect((manifest as VideoLlamaManifest).systemMessage).toBe(expected.system_message);
    expect(manifest).toMatchObject({
      modalities: ['video'],
      preprocessing: { vision: { resize: 'shortest-edge-crop', size: 56 }, audio: null },
    });
  });

  it('reads the audio tower and its projector from torch files as from the shards', async () => {
    const whole = await importCheckpoint({ checkpointFolder: join(parityFolder, family), bundleFolder: bundle });
    await writeChanged(family, checkpoint, (tensors) => {
      for (const name of tensors.keys()) if (name.includes('audio_tower') || name.includes('_a.')) tensors.delete(name);
    });
    const torchFolder = join(parityFolder, '..', 'importer', 'audio-parts');
    for (const file of ['audio_tower.bin', 'mm_projector_a.bin'])
      await writeFile(join(checkpoint, file), await readFile(join(torchFolder, file)));
    const split = await importCheckpoint({ checkpointFolder: checkpoint, bundleFolder: join(temp.path, 'second') });
    expect(split.manifest.files).toEqual(whole.manifest.files);
  });

  it('reads tied embeddings as the head where config.json ties them', async () => {
    const sha256Of = async (tied: boolean) => {
      const [source, target] = [join(temp.path, `checkpoint-${tied}`), join(temp.path, `bundle-${tied}`)];
      await writeChanged('qwen2-siglip-stc35', source, (tensors, config) => {
        const embeddings = tensors.get('model.embed_tokens.weight');
        if (tied) tensors.delete('lm_head.weight');
        else if (embeddings) tensors.set('lm_head.weight', embeddings);
        config.tie_word_embeddings = tied;
      });
      const { manifest } = await importCheckpoint({ checkpointFolder: source, bundleFolder: target });
      return manifest.files.find(({ path }) => path === 'decoder.onnx.data')?.sha256;
    };
    expect(await sha256Of(true)).toBe(await sha256Of(false));
  });

  it('knows the published vision towers by name', async () => {
    const problems = new Problems(temp.path);
    const siglip = await resolveVisionTower(temp.path, 'google/siglip-so400m-patch14-384', problems);
    expect(siglip?.vision).toMatchObject({ family: 'siglip', width: 1152, layers: 27, tokensPerFrame: 27 * 27 });
    expect(siglip?.preprocessing).toMatchObject({ resize: 'squash', size: 384, mean: [0.5, 0.5, 0.5] });
    const clip = await resolveVisionTower(temp.path, 'openai/clip-vit-large-patch14-336', problems);
    expect(clip?.vision).toMatchObject({ family: 'clip', width: 1024, layers: 24, tokensPerFrame: 24 * 24 });
    expect(clip?.preprocessing.resize).toBe('shortest-edge-crop');
    expect(problems.count).toBe(0);
  });

  it('tells its progress up to the last byte', async () => {
    const seen: ImportProgress[] = [];
    await importCheckpoint({
      checkpointFolder: join(parityFolder, family),
      bundleFolder: bundle,
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen.at(-1)?.bytesDone).toBe(seen.at(-1)?.bytesTotal);
    expect(seen.map(({ bytesDone }) => bytesDone)).toEqual(
      seen.map(({ bytesDone }) => bytesDone).toSorted((a, b) => a - b),
    );
  });

  it('that is cancelled leaves nothing behind', async () => {
    const abort = new AbortController();
    const error = await importError({
      bundleFolder: bundle,
      checkpointFolder: join(parityFolder, family),
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    expect(error.code).toBe('cancelled');
  });

  it('starts afresh where an earlier one was killed', async () => {
    await mkdir(`${bundle}.partial`);
    await writeFile(join(`${bundle}.partial`, 'leftover.onnx'), 'x');
    await writeFile(join(`${bundle}.partial`, 'import.pid'), '');
    await importCheckpoint({ checkpointFolder: join(parityFolder, 'siglip-dual'), bundleFolder: bundle });
    expect(await readdir(bundle)).not.toContain('leftover.onnx');
    expect(await readdir(temp.path)).not.toContain('bundle.partial');
  });

  it('leaves a folder alone that a person happens to have named like an unfinished one', async () => {
    await mkdir(`${bundle}.partial`);
    await writeFile(join(`${bundle}.partial`, 'diary.txt'), 'mine');
    await importCheckpoint({ checkpointFolder: join(parityFolder, 'siglip-dual'), bundleFolder: bundle });
    const again = { checkpointFolder: join(parityFolder, 'siglip-dual'), bundleFolder: bundle };
    await expect(importCheckpoint(again)).rejects.toMatchObject({ code: 'invalid-input' });
    expect(await readFile(join(`${bundle}.partial`, 'diary.txt'), 'utf8')).toBe('mine');
    expect((await readdir(temp.path)).sort()).toEqual(['bundle', 'bundle.partial']);
    expect(await readdir(bundle)).not.toContain('import.pid');
  });

  it('copies no file of the person’s to which a link in the checkpoint leads', async () => {
    await writeChanged(family, checkpoint);
    await writeFile(join(temp.path, 'private.json'), '{"model":{}}');
    await rm(join(checkpoint, 'tokenizer.json'));
    await symlink(join(temp.path, 'private.json'), join(checkpoint, 'tokenizer.json'));
    const error = await importError({ checkpointFolder: checkpoint, bundleFolder: bundle });
    expect(error.message).toContain('tokenizer.json is a link to a file outside the checkpoint');
  });

  it('follows the links of a Hugging Face cache', async () => {
    const cache = join(temp.path, 'models--a--b');
    const snapshot = join(cache, 'snapshots', 'main');
    await mkdir(join(cache, 'blobs'), { recursive: true });
    await writeChanged(family, snapshot);
    await rename(join(snapshot, 'tokenizer.json'), join(cache, 'blobs', 'abc'));
    await symlink('../../blobs/abc', join(snapshot, 'tokenizer.json'));
    await importCheckpoint({ checkpointFolder: snapshot, bundleFolder: bundle });
    expect(await readdir(bundle)).toContain('tokenizer.json');
  });

  it.each([0.01, 0.5, 0.99])(
    'that is killed after %f of its bytes leaves nothing that looks like a bundle',
    async (share) => {
      const module = new URL('../../../src/main/importing/importCheckpoint.ts', import.meta.url).href;
      const input = JSON.stringify({ checkpointFolder: join(parityFolder, family), bundleFolder: bundle });
      const program = `
      import { importCheckpoint } from '${module}';
      const onProgress = ({ bytesDone, bytesTotal }) => {
        if (bytesDone >= bytesTotal * ${share}) process.kill(process.pid, 'SIGKILL');
      };
      // A clock that jumps: progress is told at every chunk.
      performance.now = () => (globalThis.tick = (globalThis.tick ?? 0) + 1000);
      await importCheckpoint({ ...${input}, onProgress });
    `;
      const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'ignore' });
      const [, signal] = await once(child, 'exit');
      expect(signal).toBe('SIGKILL');
      expect(await readdir(temp.path)).toEqual(['bundle.partial']);
      expect(await readdir(`${bundle}.partial`)).not.toContain('manifest.json');
    },
  );

  it('never writes over what is already there', async () => {
    await mkdir(bundle);
    const input = { checkpointFolder: join(parityFolder, 'siglip-dual'), bundleFolder: bundle };
    await expect(importCheckpoint(input)).rejects.toMatchObject({ code: 'invalid-input' });
    expect(await readdir(bundle)).toEqual([]);
  });
});
