/** Names and shapes of every weight of a VideoLLaMA 2.1 checkpoint, for any sizes. */

export interface CheckpointSizes {
  language: {
    hidden: number;
    intermediate: number;
    layers: number;
    heads: number;
    kvHeads: number;
    vocab: number;
  };
  vision: {
    width: number;
    intermediate: number;
    layers: number;
    heads: number;
    patch: number;
    image: number;
    /** A published tower, whose sizes are built into the importer; else they are written beside config.json. */
    hubName?: string;
  };
  connector: 'stc_connector_v35' | 'linear';
  /** Frames that are looked at. */
  frames: number;
  /** Null for a model that cannot hear. */
  audio: {
    patch: number;
    embed: number;
    width: number;
    intermediate: number;
    layers: number;
    heads: number;
    convPos: number;
    convPosGroups: number;
    buckets: number;
    classes: number;
  } | null;
}

/** VideoLLaMA2.1-7B-AV: Qwen2-7B, siglip-so400m-patch14-384, stc_connector_v35, BEATs. */
export const trueSizes: CheckpointSizes = {
  language: { hidden: 3584, intermediate: 18944, layers: 28, heads: 28, kvHeads: 4, vocab: 152_064 },
  vision: {
    width: 1152,
    intermediate: 4304,
    layers: 27,
    heads: 16,
    patch: 14,
    image: 384,
    hubName: 'google/siglip-so400m-patch14-384',
  },
  connector: 'stc_connector_v35',
  frames: 16,
  audio: {
    patch: 16,
    embed: 512,
    width: 768,
    intermediate: 3072,
    layers: 12,
    heads: 12,
    convPos: 128,
    convPosGroups: 16,
    buckets: 320,
    classes: 527,
  },
};

/** What fits a laptop: siglip-base-patch16-224, stc_connector_v35, Qwen2-0.5B with an output matrix of its own. */
export const mediumSizes: CheckpointSizes = {
  language: { hidden: 896, intermediate: 4864, layers: 24, heads: 14, kvHeads: 2, vocab: 151_936 },
  vision: { width: 768, intermediate: 3072, layers: 12, heads: 12, patch: 16, image: 224 },
  connector: 'stc_connector_v35',
  frames: 8,
  audio: null,
};

/** The same with fewer layers of the language model. */
export function withLayers(sizes: CheckpointSizes, layers: number): CheckpointSizes {
  return { ...sizes, language: { ...sizes.language, layers } };
}

/** The same language model behind a tower and a connector that are as small as can be. */
export function languageAlone({ language }: CheckpointSizes): CheckpointSizes {
  const vision = { width: 64, intermediate: 64, layers: 2, heads: 1, patch: 14, image: 28 };
  return { language, vision, connector: 'linear', frames: 1, audio: null };
}

/** The same vision tower with so many layers, before a language model that is as small as can be. */
export function towerAlone({ vision: { hubName: _, ...vision } }: CheckpointSizes, layers: number): CheckpointSizes {
  const language = { hidden: 64, intermediate: 64, layers: 1, heads: 1, kvHeads: 1, vocab: 512 };
  return { language, vision: { ...vision, layers }, connector: 'linear', frames: 1, audio: null };
}

/** What the values should be like: norms are ones, biases zeros, the rest noise. */
export type Filling = 'noise' | 'ones' | 'zeros';

export interface ShapeEntry {
  name: string;
  shape: number[];
  filling: Filling;
}

export function checkpointShapes(sizes: CheckpointSizes): ShapeEntry[] {
  const table = new Table();
  language(table, sizes);
  vision(table, sizes);
  if (sizes.connector === 'linear') table.linear('model.mm_projector', sizes.vision.width, sizes.language.hidden);
  else stcConnector(table, sizes);
  if (sizes.audio) audio(table, sizes.audio, sizes.language.hidden);
  return table.entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

class Table {
  readonly entries: ShapeEntry[] = [];

  add(name: string, shape: number[], filling: Filling = 'noise'): void {
    this.entries.push({ name, shape, filling });
  }

  linear(name: string, inSize: number, outSize: number, bias = true): void {
    this.add(`${name}.weight`, [outSize, inSize]);
    if (bias) this.add(`${name}.bias`, [outSize], 'zeros');
  }

  norm(name: string, size: number): void {
    this.add(`${name}.weight`, [size], 'ones');
    this.add(`${name}.bias`, [size], 'zeros');
  }
}

function language(
  table: Table,
  { language: { hidden, intermediate, layers, heads, kvHeads, vocab } }: CheckpointSizes,
) {
  const kv = (hidden / heads) * kvHeads;
  table.add('model.embed_tokens.weight', [vocab, hidden]);
  table.add('lm_head.weight', [vocab, hidden]);
  table.add('model.norm.weight', [hidden], 'ones');
  for (let i = 0; i < layers; i++) {
    const prefix = `model.layers.${i}.`;
    table.linear(`${prefix}self_attn.q_proj`, hidden, hidden);
    table.linear(`${prefix}self_attn.k_proj`, hidden, kv);
    table.linear(`${prefix}self_attn.v_proj`, hidden, kv);
    table.linear(`${prefix}self_attn.o_proj`, hidden, hidden, false);
    table.linear(`${prefix}mlp.gate_proj`, hidden, intermediate, false);
    table.linear(`${prefix}mlp.up_proj`, hidden, intermediate, false);
    table.linear(`${prefix}mlp.down_proj`, intermediate, hidden, false);
    table.add(`${prefix}input_layernorm.weight`, [hidden], 'ones');
    table.add(`${prefix}post_attention_layernorm.weight`, [hidden], 'ones');
  }
}

function vision(table: Table, { vision: { width, intermediate, layers, patch, image } }: CheckpointSizes) {
  const prefix = 'model.vision_tower.vision_tower.vision_model.';
  const grid = Math.floor(image / patch);
  table.add(`${prefix}embeddings.patch_embedding.weight`, [width, 3, patch, patch]);
  table.add(`${prefix}embeddings.patch_embedding.bias`, [width], 'zeros');
  table.add(`${prefix}embeddings.position_embedding.weight`, [grid * grid, width]);
  for (let i = 0; i < layers; i++) {
    const layer = `${prefix}encoder.layers.${i}.`;
    for (const name of ['q_proj', 'k_proj', 'v_proj', 'out_proj'])
      table.linear(`${layer}self_attn.${name}`, width, width);
    table.linear(`${layer}mlp.fc1`, width, intermediate);
    table.linear(`${layer}mlp.fc2`, intermediate, width);
    table.norm(`${layer}layer_norm1`, width);
    table.norm(`${layer}layer_norm2`, width);
  }
  table.norm(`${prefix}post_layernorm`, width);
  table.add(`${prefix}head.probe`, [1, 1, width]);
  table.add(`${prefix}head.attention.in_proj_weight`, [3 * width, width]);
  table.add(`${prefix}head.attention.in_proj_bias`, [3 * width], 'zeros');
  table.linear(`${prefix}head.attention.out_proj`, width, width);
  table.norm(`${prefix}head.layernorm`, width);
  table.linear(`${prefix}head.mlp.fc1`, width, intermediate);
  table.linear(`${prefix}head.mlp.fc2`, intermediate, width);
}

function stcConnector(table: Table, { vision: { width }, language: { hidden } }: CheckpointSizes) {
  const prefix = 'model.mm_projector.';
  const convolution = (name: string, shape: number[]) => {
    table.add(`${name}.conv.weight`, shape);
    table.norm(`${name}.bn`, hidden);
  };
  for (const [stage, first] of [
    ['s1', width],
    ['s2', hidden],
  ] as const)
    for (let block = 1; block <= 4; block++) {
      const inSize = block === 1 ? first : hidden;
      const name = `${prefix}${stage}.b${block}`;
      const squeezed = Math.round(inSize / 4);
      convolution(`${name}.conv1`, [hidden, inSize, 1, 1]);
      convolution(`${name}.conv2`, [hidden, 1, 3, 3]);
      convolution(`${name}.conv3`, [hidden, hidden, 1, 1]);
      if (inSize !== hidden) convolution(`${name}.downsample`, [hidden, inSize, 1, 1]);
      table.add(`${name}.se.fc1.weight`, [squeezed, hidden, 1, 1]);
      table.add(`${name}.se.fc1.bias`, [squeezed], 'zeros');
      table.add(`${name}.se.fc2.weight`, [hidden, squeezed, 1, 1]);
      table.add(`${name}.se.fc2.bias`, [hidden], 'zeros');
    }
  table.add(`${prefix}sampler.0.weight`, [hidden, hidden, 2, 2, 2]);
  table.add(`${prefix}sampler.0.bias`, [hidden], 'zeros');
  table.linear(`${prefix}readout.0`, hidden, hidden);
  table.linear(`${prefix}readout.2`, hidden, hidden);
}

function audio(table: Table, sizes: NonNullable<CheckpointSizes['audio']>, hidden: number) {
  const prefix = 'model.audio_tower.';
  const { patch, embed, width, intermediate, layers, heads, convPos, convPosGroups, buckets, classes } = sizes;
  table.add(`${prefix}patch_embedding.weight`, [embed, 1, patch, patch]);
  table.norm(`${prefix}layer_norm`, embed);
  table.linear(`${prefix}post_extract_proj`, embed, width);
  table.add(`${prefix}encoder.pos_conv.0.weight_g`, [1, 1, convPos], 'ones');
  table.add(`${prefix}encoder.pos_conv.0.weight_v`, [width, width / convPosGroups, convPos]);
  table.add(`${prefix}encoder.pos_conv.0.bias`, [width], 'zeros');
  table.norm(`${prefix}encoder.layer_norm`, width);
  for (let i = 0; i < layers; i++) {
    const layer = `${prefix}encoder.layers.${i}.`;
    for (const name of ['q_proj', 'k_proj', 'v_proj', 'out_proj'])
      table.linear(`${layer}self_attn.${name}`, width, width);
    table.add(`${layer}self_attn.grep_a`, [1, heads, 1, 1], 'ones');
    table.linear(`${layer}self_attn.grep_linear`, width / heads, 8);
    table.add(`${layer}self_attn.relative_attention_bias.weight`, [buckets, heads]);
    table.norm(`${layer}self_attn_layer_norm`, width);
    table.linear(`${layer}fc1`, width, intermediate);
    table.linear(`${layer}fc2`, intermediate, width);
    table.norm(`${layer}final_layer_norm`, width);
  }
  table.linear(`${prefix}predictor`, width, classes);
  table.linear('model.mm_projector_a.0', width, hidden);
  table.linear('model.mm_projector_a.2', hidden, hidden);
}
