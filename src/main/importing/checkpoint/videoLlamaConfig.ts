/** config.json of a VideoLLaMA 2 checkpoint: every size of every network comes from here. */
import * as z from 'zod';
import { connectorTypeSchema, type LanguageArchitecture } from '../../models/bundleManifest.ts';
import type { BeatsSizes } from '../networks/beats.ts';
import type { AttentionWindow } from '../networks/decoder.ts';
import type { Problems } from '../problems.ts';
import { readJson } from './readJson.ts';
import { checkHeads } from './visionTowers.ts';

const size = z.int().min(1);
const tokenIds = z.union([z.int().min(0), z.array(z.int().min(0))]).nullish();

const families = {
  videollama2_qwen2: 'qwen2',
  videollama2_mistral: 'mistral',
  videollama2_mixtral: 'mixtral',
} as const;

const beatsSchema = z.object({
  input_patch_size: size.default(16),
  embed_dim: size.default(512),
  encoder_embed_dim: size.default(768),
  encoder_ffn_embed_dim: size.default(3072),
  encoder_layers: size.default(12),
  encoder_attention_heads: size.default(12),
  conv_pos: size.default(128),
  conv_pos_groups: size.default(16),
  num_buckets: size.default(320),
  max_distance: size.default(800),
  deep_norm: z.boolean().default(true),
  // What the network here is built on: no published tower has other values.
  layer_norm_first: z.literal(false).optional(),
  relative_position_embedding: z.literal(true).optional(),
  gru_rel_pos: z.literal(true).optional(),
  conv_bias: z.literal(false).optional(),
  activation_fn: z.literal('gelu').optional(),
});

const unscaled = z.literal('default', 'scaled rotary positions are not supported').nullish();
const rotarySchema = z.object({ rope_theta: z.number().positive().nullish(), rope_type: unscaled, type: unscaled });

const configSchema = z.object({
  model_type: z.enum(Object.keys(families) as [keyof typeof families, ...(keyof typeof families)[]]),
  hidden_size: size,
  intermediate_size: size,
  num_hidden_layers: size,
  num_attention_heads: size,
  num_key_value_heads: size.nullish(),
  head_dim: size.nullish(),
  vocab_size: size,
  max_position_embeddings: size,
  hidden_act: z.literal('silu').default('silu'),
  rms_norm_eps: z.number().positive().max(1),
  rope_theta: z.number().positive().nullish(),
  // transformers ≥ 5 writes rope_theta in here.
  rope_parameters: rotarySchema.nullish(),
  rope_scaling: rotarySchema.nullish(),
  tie_word_embeddings: z.boolean().default(false),
  use_sliding_window: z.boolean().nullish(),
  sliding_window: z.int().min(1).nullish(),
  max_window_layers: z.int().min(0).nullish(),
  bos_token_id: tokenIds,
  eos_token_id: tokenIds,
  num_local_experts: size.optional(),
  num_experts_per_tok: size.optional(),
  mm_vision_tower: z.string().min(1),
  mm_vision_select_layer: z.int().default(-2),
  mm_vision_select_feature: z.literal('patch').default('patch'),
  mm_projector_type: connectorTypeSchema,
  mm_hidden_size: size,
  num_frames: size.max(32).default(8),
  mm_audio_tower: z.string().nullish(),
  mm_projector_a_type: z.literal('mlp2x_gelu').nullish(),
  beats_config: beatsSchema.nullish(),
  audio_window_seconds: z.number().positive().max(600).default(30),
});
const generationSchema = z.object({ eos_token_id: tokenIds, bos_token_id: tokenIds });

export interface VideoLlamaConfig {
  language: LanguageArchitecture;
  attentionWindow: AttentionWindow;
  visionTower: string;
  /** An index into the tower's hidden states; -2 in every published checkpoint. */
  selectLayer: number;
  connectorType: z.infer<typeof connectorTypeSchema>;
  visionWidth: number;
  numFrames: number;
  audio: { sizes: BeatsSizes; windowSeconds: number } | null;
}

/** Null when config.json cannot be used; the reasons are in `problems` then. */
export async function readVideoLlamaConfig(folder: string, problems: Problems): Promise<VideoLlamaConfig | null> {
  const config = await readJson(folder, 'config.json', configSchema, problems);
  const generation = await readJson(folder, 'generation_config.json', generationSchema, problems);
  if (!config) return null;
  const kvHeads = config.num_key_value_heads ?? config.num_attention_heads;
  if (!config.head_dim && config.hidden_size % config.num_attention_heads !== 0)
    problems.add(`config.json: hidden_size ${config.hidden_size} is not a multiple of num_attention_heads`);
  if (config.num_attention_heads % kvHeads !== 0)
    problems.add(`config.json: num_attention_heads is not a multiple of num_key_value_heads`);
  const family = families[config.model_type];
  const { num_local_experts: experts, num_experts_per_tok: perToken } = config;
  if (family === 'mixtral' && !(experts && perToken && perToken <= experts))
    problems.add('config.json: a Mixtral model needs num_local_experts and no more num_experts_per_tok');
  const headDim = config.head_dim ?? Math.floor(config.hidden_size / config.num_attention_heads);
  if (headDim % 2 !== 0) problems.add(`config.json: heads of ${headDim} values cannot be turned, which takes pairs`);
  return {
    language: {
      family,
      hiddenSize: config.hidden_size,
      intermediateSize: config.intermediate_size,
      layers: config.num_hidden_layers,
      heads: config.num_attention_heads,
      kvHeads,
      headDim,
      vocabSize: config.vocab_size,
      maxPositions: config.max_position_embeddings,
      ropeTheta: rotaryBase(config, family),
      rmsNormEps: config.rms_norm_eps,
      tieWordEmbeddings: config.tie_word_embeddings,
      eosTokenIds: asList(generation?.eos_token_id ?? config.eos_token_id),
      bosTokenId: asList(generation?.bos_token_id ?? config.bos_token_id)[0] ?? null,
      ...(family === 'mixtral' ? { experts: { count: experts ?? 1, perToken: perToken ?? 1 } } : {}),
    },
    attentionWindow: windowOf(family, config),
    visionTower: config.mm_vision_tower,
    selectLayer: config.mm_vision_select_layer,
    connectorType: config.mm_projector_type,
    visionWidth: config.mm_hidden_size,
    numFrames: config.num_frames,
    audio: config.mm_audio_tower
      ? {
          sizes: beatsSizes(config.beats_config ?? beatsSchema.parse({}), problems),
          windowSeconds: config.audio_window_seconds,
        }
      : null,
  };
}

/** transformers lets the newer places win, and fills in the family's own base where no place names one. */
function rotaryBase(config: z.infer<typeof configSchema>, family: LanguageArchitecture['family']): number {
  const { rope_scaling: scaling, rope_parameters: parameters, rope_theta: plain } = config;
  return scaling?.rope_theta ?? parameters?.rope_theta ?? plain ?? (family === 'mixtral' ? 1e6 : 1e4);
}

/** Qwen2 limits only the layers from max_window_layers on, and only when asked to; Mistral all or none. */
function windowOf(family: LanguageArchitecture['family'], config: z.infer<typeof configSchema>): AttentionWindow {
  const window = config.sliding_window ?? null;
  if (family !== 'qwen2') return () => window;
  const first = config.use_sliding_window ? (config.max_window_layers ?? 28) : Number.POSITIVE_INFINITY;
  return (layer) => (layer >= first ? window : null);
}

function beatsSizes(beats: z.infer<typeof beatsSchema>, problems: Problems): BeatsSizes {
  const { encoder_embed_dim: width, encoder_attention_heads: heads, conv_pos_groups: groups } = beats;
  checkHeads('the audio tower', { hidden_size: width, num_attention_heads: heads }, problems);
  if (width % groups !== 0)
    problems.add(`the audio tower is ${width} wide, which conv_pos_groups ${groups} does not divide`);
  return {
    patchSize: beats.input_patch_size,
    embedDim: beats.embed_dim,
    width: beats.encoder_embed_dim,
    intermediateSize: beats.encoder_ffn_embed_dim,
    layers: beats.encoder_layers,
    heads: beats.encoder_attention_heads,
    convPos: beats.conv_pos,
    convPosGroups: beats.conv_pos_groups,
    numBuckets: beats.num_buckets,
    maxDistance: beats.max_distance,
    residualScale: beats.deep_norm ? (2 * beats.encoder_layers) ** 0.25 : 1,
  };
}

function asList(ids: number | number[] | null | undefined): number[] {
  if (ids === null || ids === undefined) return [];
  return Array.isArray(ids) ? ids : [ids];
}
