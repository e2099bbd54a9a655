/**
 * The sizes of a vision tower and how its frames are prepared: from a folder beside config.json,
 * or built in for the published towers, whose sizes no VideoLLaMA 2 checkpoint repeats.
 */
import { join } from 'node:path';
import * as z from 'zod';
import { isBundlePath, type VisionArchitecture, type VisionPreprocessing } from '../../models/bundleManifest.ts';
import type { Problems } from '../problems.ts';
import { readJson } from './readJson.ts';

const size = z.int().min(1);

/** What both halves of a dual encoder may say about their layers; the published values where they say nothing. */
export const layerStyleSchema = {
  hidden_act: z.enum(['quick_gelu', 'gelu', 'gelu_pytorch_tanh']).optional(),
  layer_norm_eps: z.number().positive().max(1).optional(),
};

export const visionConfigSchema = z.object({
  model_type: z.enum(['clip_vision_model', 'siglip_vision_model']),
  hidden_size: size,
  intermediate_size: size,
  num_hidden_layers: size,
  num_attention_heads: size,
  image_size: size,
  patch_size: size,
  num_channels: z.literal(3).optional(),
  ...layerStyleSchema,
});
type VisionConfig = z.infer<typeof visionConfigSchema>;

/** The published towers, by the last part of their Hub name. */
const published: Record<string, VisionConfig> = {
  'clip-vit-large-patch14-336': {
    model_type: 'clip_vision_model',
    hidden_size: 1024,
    intermediate_size: 4096,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    image_size: 336,
    patch_size: 14,
  },
  'siglip-so400m-patch14-384': {
    model_type: 'siglip_vision_model',
    hidden_size: 1152,
    intermediate_size: 4304,
    num_hidden_layers: 27,
    num_attention_heads: 16,
    image_size: 384,
    patch_size: 14,
  },
};

/** `name` is `mm_vision_tower`: a folder beside config.json, or a Hub name (with or without a path before it). */
export async function resolveVisionTower(
  folder: string,
  name: string,
  problems: Problems,
): Promise<{ vision: VisionArchitecture; preprocessing: VisionPreprocessing } | null> {
  const before = problems.count;
  const lastName = name.split('/').at(-1) ?? '';
  const asNamed = isBundlePath(name) ? await readTower(folder, name, problems) : null;
  const besideName = asNamed ? name : lastName;
  const beside = asNamed ?? (isBundlePath(lastName) ? await readTower(folder, lastName, problems) : null);
  if (problems.count > before) return null; // it is there, and what is wrong with it has been said
  const config = beside ?? published[lastName];
  if (!config) {
    const known = Object.keys(published).join(', ');
    problems.add(`the vision tower ${name} is not known (neither a folder beside config.json nor one of ${known})`);
    return null;
  }
  const vision = visionArchitecture(config, problems);
  const towerFolder = beside ? join(folder, besideName) : null;
  return { vision, preprocessing: await visionPreprocessing(towerFolder, vision, problems) };
}

function readTower(folder: string, name: string, problems: Problems): Promise<VisionConfig | null> {
  return readJson(folder, join(name, 'config.json'), towerFileSchema, problems);
}

/** A tower saved alone, or with its text half beside it. */
const towerFileSchema = z.preprocess(
  (json) => (typeof json === 'object' && json !== null && 'vision_config' in json ? json.vision_config : json),
  visionConfigSchema,
);

export function visionArchitecture(config: VisionConfig, problems: Problems): VisionArchitecture {
  const family = config.model_type === 'clip_vision_model' ? 'clip' : 'siglip';
  const grid = Math.floor(config.image_size / config.patch_size);
  checkHeads(`the ${family} vision tower`, config, problems);
  if (grid === 0) problems.add(`the ${family} vision tower has patches larger than its pictures`);
  return {
    family,
    imageSize: config.image_size,
    patchSize: config.patch_size,
    width: config.hidden_size,
    intermediateSize: config.intermediate_size,
    layers: config.num_hidden_layers,
    heads: config.num_attention_heads,
    tokensPerFrame: grid * grid,
    activation: config.hidden_act,
    layerNormEps: config.layer_norm_eps,
  };
}

/** Every head gets an equal part of the width. */
export function checkHeads(
  what: string,
  sizes: { hidden_size: number; num_attention_heads: number },
  problems: Problems,
): void {
  const { hidden_size: width, num_attention_heads: heads } = sizes;
  if (width % heads !== 0) problems.add(`${what} is ${width} wide, which is not a multiple of its ${heads} heads`);
}

const triple = z.tuple([z.number(), z.number(), z.number()]);
/** 336, or { shortest_edge: 336 }, or { height: 336, width: 336 }: all the sides that it names. */
const sides = z.union([
  size.transform((side) => [side]),
  z.record(z.string(), size.nullable()).transform((named) => Object.values(named).filter((side) => side !== null)),
]);
const processorSchema = z.object({
  size: sides.nullish(),
  crop_size: sides.nullish(),
  do_rescale: z.literal(true).nullish(),
  do_normalize: z.literal(true).nullish(),
  image_mean: triple.optional(),
  image_std: triple.optional(),
  rescale_factor: z.number().positive().optional(),
});

/** How the tower's image processor prepares a frame; the published values where it says nothing. */
export async function visionPreprocessing(
  folder: string | null,
  vision: VisionArchitecture,
  problems: Problems,
): Promise<VisionPreprocessing> {
  const processor = folder ? await readJson(folder, 'preprocessor_config.json', processorSchema, problems) : null;
  const isClip = vision.family === 'clip';
  const named = [...(processor?.size ?? []), ...((isClip && processor?.crop_size) || [])]; // only CLIP's crops
  for (const side of named.filter((other) => other !== vision.imageSize))
    problems.add(`preprocessor_config.json makes pictures of ${side} pixels, the tower sees ${vision.imageSize}`);
  return {
    resize: isClip ? 'shortest-edge-crop' : 'squash',
    size: vision.imageSize,
    mean: processor?.image_mean ?? (isClip ? [0.48145466, 0.4578275, 0.40821073] : [0.5, 0.5, 0.5]),
    std: processor?.image_std ?? (isClip ? [0.26862954, 0.26130258, 0.27577711] : [0.5, 0.5, 0.5]),
    rescale: processor?.rescale_factor ?? 1 / 255,
  };
}
