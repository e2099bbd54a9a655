import { cp, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlayheadError } from '../../../src/contract/errors.ts';
import { bundleManifestSchema, type VideoLlamaManifest } from '../../../src/main/core/model/bundleManifest.ts';
import { verifyBundle } from '../../../src/main/core/model/verifyBundle.ts';
import { resolveVisionTower } from '../../../src/main/importer/checkpoint/visionTowers.ts';
import { type ImportInput, importCheckpoint } from '../../../src/main/importer/importCheckpoint.ts';
import { Problems } from '../../../src/main/importer/problems.ts';
import type { ImportProgress } from '../../../src/main/importer/progress.ts';
import { makeTempFolder, parityFolder, type Tensors, writeChanged } from './checkpointFiles.ts';

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

async function importError(input: Partial<ImportInput> = {}): Promise<PlayheadError> {
  const error = await importCheckpoint({ checkpointFolder: checkpoint, bundleFolder: bundle, ...input }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PlayheadError)) throw new Error(`expected a PlayheadError, got ${error}`);
  // Whatever went wrong, nothing is left that looks like a bundle.
  expect((await readdir(temp.path)).filter((name) => name.startsWith('bundle'))).toEqual([]);
  return error;
}

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
      checkpointFolder: join(parityFolder, family),
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    expect(error.code).toBe('cancelled');
  });

  it('starts afresh where an earlier one was killed', async () => {
    await mkdir(`${bundle}.partial`);
    await writeFile(join(`${bundle}.partial`, 'leftover.onnx'), 'x');
    await importCheckpoint({ checkpointFolder: join(parityFolder, 'siglip-dual'), bundleFolder: bundle });
    expect(await readdir(bundle)).not.toContain('leftover.onnx');
    expect(await readdir(temp.path)).not.toContain('bundle.partial');
  });

  it('never writes over what is already there', async () => {
    await mkdir(bundle);
    const input = { checkpointFolder: join(parityFolder, 'siglip-dual'), bundleFolder: bundle };
    await expect(importCheckpoint(input)).rejects.toMatchObject({ code: 'invalid-input' });
    expect(await readdir(bundle)).toEqual([]);
  });
});

describe('a checkpoint that cannot be imported gives one error', () => {
  const changed = (change: (tensors: Tensors, config: Record<string, unknown>) => void) =>
    writeChanged(family, checkpoint, change);

  it('that names everything wrong, with shapes expected and found', async () => {
    await changed((tensors) => {
      tensors.delete('model.layers.1.mlp.up_proj.weight');
      tensors.delete('model.audio_tower.layer_norm.bias');
      const q = tensors.get('model.layers.0.self_attn.q_proj.weight');
      if (q) q.shape = [32, 128];
      const norm = tensors.get('model.norm.weight');
      if (norm) Object.assign(norm, { dtype: 'I16' });
    });
    const error = await importError();
    expect(error.code).toBe('checkpoint-invalid');
    expect(error.file).toBe(checkpoint);
    for (const part of [
      'model.layers.1.mlp.up_proj.weight (128, 64) is missing',
      'model.audio_tower.layer_norm.bias (32) is missing',
      'model.layers.0.self_attn.q_proj.weight has shape (32, 128), expected (64, 64)',
      'model.norm.weight has dtype I16, expected F32, F16 or BF16',
    ])
      expect(error.message).toContain(part);
  });

  it('with the whole list in its cause when the list is long', async () => {
    await changed((tensors) => {
      for (const name of tensors.keys()) if (name.includes('mm_projector.')) tensors.delete(name);
    });
    const error = await importError();
    expect(error.message).toMatch(/and \d+ more/);
    expect(error.causeText?.split('\n').length).toBeGreaterThan(40);
  });

  it('for every weight that holds NaN or infinity', async () => {
    await changed((tensors) => {
      const nan = Buffer.from([0xc0, 0x7f]);
      const infinity = Buffer.from([0x80, 0xff]);
      for (const [name, value] of [
        ['model.layers.0.mlp.down_proj.weight', nan],
        ['model.embed_tokens.weight', infinity],
      ] as const) {
        const tensor = tensors.get(name);
        if (!tensor) throw new Error(name);
        const bytes = Buffer.from(tensor.bytes);
        value.copy(bytes, bytes.length - 2);
        tensor.bytes = bytes;
      }
    });
    const error = await importError();
    expect(error.code).toBe('checkpoint-invalid');
    expect(error.message).toContain('model.layers.0.mlp.down_proj.weight holds values that are not finite');
    expect(error.message).toContain('model.embed_tokens.weight holds values that are not finite');
  });

  it('for a truncated shard and a missing one, with the index', async () => {
    await cp(join(parityFolder, family), checkpoint, { recursive: true });
    const shard = join(checkpoint, 'model-00001-of-00002.safetensors');
    await truncate(shard, 600_000);
    await rm(join(checkpoint, 'model-00002-of-00002.safetensors'));
    const error = await importError();
    expect(error.message).toContain('model-00001-of-00002.safetensors is truncated');
    expect(error.message).toContain('model-00002-of-00002.safetensors is missing');
  });

  it.each([
    ['an unknown architecture', { model_type: 'llava' }, 'model_type'],
    ['an unknown connector', { mm_projector_type: 'qformer' }, 'mm_projector_type'],
    ['an unknown vision tower', { mm_vision_tower: 'google/vit-base' }, 'google/vit-base'],
    ['sizes that do not fit each other', { num_attention_heads: 5 }, 'not a multiple'],
    ['widths that do not fit each other', { mm_hidden_size: 64 }, "the vision tower's width 32"],
    ['scaled positions', { rope_scaling: { type: 'linear', factor: 2 } }, 'rope_scaling'],
  ])('for %s', async (_, change, part) => {
    await changed((_tensors, config) => Object.assign(config, change));
    const error = await importError();
    expect(error.code).toBe('checkpoint-invalid');
    expect(error.message).toContain(part);
  });

  it.each([
    ['config.json', 'config.json'],
    ['tokenizer.json', 'tokenizer.json is empty'],
    ['model.safetensors', 'model.safetensors is empty'],
  ])('for %s of zero bytes', async (file, part) => {
    await changed(() => {});
    await truncate(join(checkpoint, file), 0);
    expect((await importError()).message).toContain(part);
  });

  it('for a folder that is not there, and for one that holds no checkpoint', async () => {
    expect((await importError()).message).toContain('is not a folder');
    await mkdir(checkpoint);
    expect((await importError()).message).toContain('no weights');
  });
});
