/** config.json of a whole CLIP or SigLIP checkpoint; what the published ones leave out has transformers' defaults. */
import * as z from 'zod';
import type { TextArchitecture, VisionArchitecture } from '../../models/bundleManifest.ts';
import type { Problems } from '../problems.ts';
import { readJson } from './readJson.ts';
import { checkHeads, layerStyleSchema, visionArchitecture, visionConfigSchema } from './visionTowers.ts';

const size = z.int().min(1);
const id = z.int().min(0).nullish();

/** Half of a checkpoint, with the values that transformers fills in when config.json does not name them. */
function textSchema(defaults: { width: number; inner: number; heads: number; vocab: number; length: number }) {
  return z.object({
    hidden_size: size.default(defaults.width),
    intermediate_size: size.default(defaults.inner),
    num_hidden_layers: size.default(12),
    num_attention_heads: size.default(defaults.heads),
    vocab_size: size.default(defaults.vocab),
    max_position_embeddings: size.default(defaults.length),
    pad_token_id: id,
    eos_token_id: id,
    projection_size: size.nullish(),
    ...layerStyleSchema,
  });
}

const schemas = {
  clip: z.object({
    projection_dim: size.default(512),
    vision_config: withDefaults({
      model_type: 'clip_vision_model',
      hidden_size: 768,
      intermediate_size: 3072,
      image_size: 224,
      patch_size: 32,
    }),
    text_config: textSchema({ width: 512, inner: 2048, heads: 8, vocab: 49_408, length: 77 }),
  }),
  siglip: z.object({
    projection_dim: size.optional(),
    vision_config: withDefaults({
      model_type: 'siglip_vision_model',
      hidden_size: 768,
      intermediate_size: 3072,
      image_size: 224,
      patch_size: 16,
    }),
    text_config: textSchema({ width: 768, inner: 3072, heads: 12, vocab: 32_000, length: 64 }),
  }),
};

function withDefaults(defaults: Record<string, unknown>) {
  const base = { num_hidden_layers: 12, num_attention_heads: 12, ...defaults };
  return z.preprocess((json) => (typeof json === 'object' ? { ...base, ...json } : json), visionConfigSchema);
}

export interface DualEncoderConfig {
  vision: VisionArchitecture;
  text: TextArchitecture;
  embeddingSize: number;
}

/** transformers' default id of CLIP's end of text; published with it, the highest id is meant. */
const clipLegacyEos = 2;
const siglipPad = 1;

/** Null when config.json cannot be used; the reasons are in `problems` then. */
export async function readDualEncoderConfig(folder: string, problems: Problems): Promise<DualEncoderConfig | null> {
  const kind = await readJson(folder, 'config.json', z.object({ model_type: z.enum(['clip', 'siglip']) }), problems);
  const family = kind?.model_type;
  if (!family) return null;
  const config = await readJson(folder, 'config.json', schemas[family], problems);
  if (!config) return null;
  const { text_config: text } = config;
  const vision = visionArchitecture(config.vision_config, problems);
  checkHeads('text_config', text, problems);
  const eos = text.eos_token_id ?? clipLegacyEos;
  const clipPad = text.pad_token_id ?? eos;
  return {
    vision,
    text: {
      family,
      width: text.hidden_size,
      intermediateSize: text.intermediate_size,
      layers: text.num_hidden_layers,
      heads: text.num_attention_heads,
      vocabSize: text.vocab_size,
      maxLength: text.max_position_embeddings,
      activation: text.hidden_act,
      layerNormEps: text.layer_norm_eps,
      padTokenId: family === 'siglip' ? (text.pad_token_id ?? siglipPad) : clipPad,
      eosTokenId: family === 'siglip' || eos === clipLegacyEos ? null : eos,
    },
    embeddingSize: family === 'siglip' ? (text.projection_size ?? text.hidden_size) : (config.projection_dim ?? 512),
  };
}
