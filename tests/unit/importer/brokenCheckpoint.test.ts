import { cp, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTempFolder, parityFolder, type Tensors, writeChanged } from './checkpointFiles.ts';
import { importError } from './importError.ts';

const family = 'qwen2-siglip-stc35-beats';
let temp: Awaited<ReturnType<typeof makeTempFolder>>;
let checkpoint: string;

beforeEach(async () => {
  temp = await makeTempFolder();
  checkpoint = join(temp.path, 'checkpoint');
});
afterEach(() => temp.remove());

const errorOfImport = () => importError({ checkpointFolder: checkpoint, bundleFolder: join(temp.path, 'bundle') });

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
    const error = await errorOfImport();
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
    const error = await errorOfImport();
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
    const error = await errorOfImport();
    expect(error.code).toBe('checkpoint-invalid');
    expect(error.message).toContain('model.layers.0.mlp.down_proj.weight holds values that are not finite');
    expect(error.message).toContain('model.embed_tokens.weight holds values that are not finite');

    const config = join(checkpoint, 'config.json');
    await writeFile(config, JSON.stringify({ ...JSON.parse(await readFile(config, 'utf8')), model_type: 'llava' }));
    const { message } = await errorOfImport();
    expect(message).toContain('found "llava"');
    expect(message).toContain('model.embed_tokens.weight holds values that are not finite');
  });

  it('that names a shard of which nothing can be read, and not every tensor that is missing for it', async () => {
    await cp(join(parityFolder, family), checkpoint, { recursive: true });
    await truncate(join(checkpoint, 'model-00002-of-00002.safetensors'), 3000);
    const { causeText } = await errorOfImport();
    expect(causeText).toBe(
      'model-00002-of-00002.safetensors is truncated inside its header (17000 bytes needed, 3000 there)',
    );
  });

  it('for shards without their index', async () => {
    await cp(join(parityFolder, family), checkpoint, { recursive: true });
    await rm(join(checkpoint, 'model.safetensors.index.json'));
    const { causeText } = await errorOfImport();
    expect(causeText).toBe(
      'model.safetensors.index.json is missing, which says what model-00001-of-00002.safetensors is a part of',
    );
  });

  it('that says in which shard a missing tensor should be', async () => {
    await changed((tensors) => void tensors.delete('model.norm.weight'));
    const index = { weight_map: { 'model.norm.weight': 'model.safetensors' } };
    await writeFile(join(checkpoint, 'model.safetensors.index.json'), JSON.stringify(index));
    const { causeText } = await errorOfImport();
    expect(causeText).toBe('model.norm.weight (64) is missing from model.safetensors, where the index puts it');
  });

  it('for a tokenizer that cannot be read and a chat template that is nowhere', async () => {
    await changed(() => {});
    await writeFile(join(checkpoint, 'tokenizer.json'), '{ "version"');
    await rm(join(checkpoint, 'chat_template.jinja'));
    const { message } = await errorOfImport();
    expect(message).toContain('tokenizer.json is not valid JSON');
    expect(message).toContain('there is no chat template');
  });

  it('for a truncated shard and a missing one, with the index', async () => {
    await cp(join(parityFolder, family), checkpoint, { recursive: true });
    const shard = join(checkpoint, 'model-00001-of-00002.safetensors');
    await truncate(shard, 600_000);
    await rm(join(checkpoint, 'model-00002-of-00002.safetensors'));
    const error = await errorOfImport();
    expect(error.message).toContain('model-00001-of-00002.safetensors is truncated');
    expect(error.message).toContain('model-00002-of-00002.safetensors is missing');
  });

  it.each([
    ['an unknown architecture', { model_type: 'llava' }, 'model_type'],
    ['an unknown connector', { mm_projector_type: 'qformer' }, 'mm_projector_type'],
    ['an unknown vision tower', { mm_vision_tower: 'google/vit-base' }, 'google/vit-base'],
    ['a norm epsilon beyond all numbers', { rms_norm_eps: 1e308 }, 'rms_norm_eps'],
    ['sizes that do not fit each other', { num_attention_heads: 5 }, 'not a multiple'],
    ['widths that do not fit each other', { mm_hidden_size: 64 }, "the vision tower's width 32"],
    ['scaled positions', { rope_scaling: { type: 'linear', factor: 2 } }, 'scaled rotary positions are not supported'],
    ['heads that cannot be turned', { head_dim: 15 }, 'heads of 15 values'],
    ['a layer that the tower does not have', { mm_vision_select_layer: -9 }, 'the vision tower has 3 layers'],
    ['an audio tower of another build', { beats_config: { layer_norm_first: true } }, 'layer_norm_first'],
    ['an audio tower with uneven heads', { beats_config: { encoder_attention_heads: 5 } }, 'multiple of its 5 heads'],
  ])('for %s', async (_, change, part) => {
    await changed((_tensors, config) => Object.assign(config, change));
    const error = await errorOfImport();
    expect(error.code).toBe('checkpoint-invalid');
    expect(error.message).toContain(part);
  });

  it('for a vision tower with uneven heads whose pictures are prepared in another size', async () => {
    await changed(() => {});
    const tower = join(checkpoint, 'siglip-tower');
    const config = JSON.parse(await readFile(join(tower, 'config.json'), 'utf8'));
    await writeFile(join(tower, 'config.json'), JSON.stringify({ ...config, num_attention_heads: 5 }));
    await writeFile(join(tower, 'preprocessor_config.json'), JSON.stringify({ size: { height: 56, width: 64 } }));
    const { message } = await errorOfImport();
    expect(message).toContain('the siglip vision tower is 32 wide, which is not a multiple of its 5 heads');
    expect(message).toContain('preprocessor_config.json makes pictures of 64 pixels, the tower sees 56');
  });

  it('that does not call a vision tower unknown whose config.json is only wrong', async () => {
    await changed(() => {});
    await writeFile(join(checkpoint, 'siglip-tower', 'config.json'), '{ "model_type": "siglip_vision_model" }');
    const { message } = await errorOfImport();
    expect(message).toContain('siglip-tower/config.json: hidden_size');
    expect(message).not.toContain('is not known');
  });

  it.each([
    ['config.json', 'config.json'],
    ['tokenizer.json', 'tokenizer.json is empty'],
    ['model.safetensors', 'model.safetensors is empty'],
  ])('for %s of zero bytes', async (file, part) => {
    await changed(() => {});
    await truncate(join(checkpoint, file), 0);
    expect((await errorOfImport()).message).toContain(part);
  });

  it('for a folder that is not there, and for one that holds no checkpoint', async () => {
    expect((await errorOfImport()).message).toContain('is not a folder');
    await mkdir(checkpoint);
    expect((await errorOfImport()).message).toContain('no weights');
  });
});
