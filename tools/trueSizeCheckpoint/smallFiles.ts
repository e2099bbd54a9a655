/** What stands in a checkpoint beside its weights: configs and the tokenizer's files. */
import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckpointSizes } from './shapes.ts';

/** Of the tower, beside config.json. */
const towerFolder = 'vision-tower';

/** @param tokenizerFolder where tokenizer.json, tokenizer_config.json and chat_template.jinja come from */
export async function writeSmallFiles(folder: string, sizes: CheckpointSizes, tokenizerFolder: string): Promise<void> {
  await json(join(folder, 'config.json'), configOf(sizes));
  await json(join(folder, 'generation_config.json'), { do_sample: false, eos_token_id: [sizes.language.vocab - 1] });
  if (!sizes.vision.hubName) {
    await mkdir(join(folder, towerFolder), { recursive: true });
    await json(join(folder, towerFolder, 'config.json'), towerConfigOf(sizes));
  }
  for (const name of ['tokenizer.json', 'tokenizer_config.json', 'chat_template.jinja'])
    if (await stat(join(tokenizerFolder, name)).catch(() => null))
      await copyFile(join(tokenizerFolder, name), join(folder, name));
}

export function json(file: string, value: unknown): Promise<void> {
  return writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** The published config. */
export function configOf({ language, vision, connector, frames, audio }: CheckpointSizes): Record<string, unknown> {
  return {
    architectures: ['Videollama2Qwen2ForCausalLM'],
    model_type: 'videollama2_qwen2',
    hidden_size: language.hidden,
    intermediate_size: language.intermediate,
    num_hidden_layers: language.layers,
    num_attention_heads: language.heads,
    num_key_value_heads: language.kvHeads,
    vocab_size: language.vocab,
    max_position_embeddings: 32_768,
    hidden_act: 'silu',
    rms_norm_eps: 1e-6,
    rope_theta: 1_000_000,
    tie_word_embeddings: false,
    use_sliding_window: false,
    bos_token_id: null,
    eos_token_id: null,
    mm_vision_tower: vision.hubName ?? towerFolder,
    mm_vision_select_layer: -2,
    mm_vision_select_feature: 'patch',
    mm_projector_type: connector,
    mm_hidden_size: vision.width,
    num_frames: frames,
    ...(audio && {
      mm_audio_tower: 'audio_tower.bin',
      mm_projector_a_type: 'mlp2x_gelu',
      mm_hidden_size_a: audio.width,
    }),
    torch_dtype: 'bfloat16',
  };
}

function towerConfigOf({ vision }: CheckpointSizes): Record<string, unknown> {
  return {
    model_type: 'siglip_vision_model',
    hidden_size: vision.width,
    intermediate_size: vision.intermediate,
    num_hidden_layers: vision.layers,
    num_attention_heads: vision.heads,
    image_size: vision.image,
    patch_size: vision.patch,
    hidden_act: 'gelu_pytorch_tanh',
  };
}
