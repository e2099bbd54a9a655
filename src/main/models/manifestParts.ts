/** What the manifests of all kinds of bundle are put together from: networks by their sizes, preprocessing, files. */
import * as z from 'zod';
import { weightFormatSchema } from '../../contract/modelCalls.ts';

export const size = z.int().min(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A path inside the bundle: '/' between its parts, never absolute, never upwards. */
export const bundlePath = z.string().refine(isBundlePath, 'must be a path inside the bundle');
const triple = z.tuple([z.number(), z.number(), z.number()]);

/** True for "a/b.onnx"; false for absolute paths, drive letters, backslashes, '.', '..' and empty parts. */
export function isBundlePath(path: string): boolean {
  if (path === '' || path.length > 500 || /[\\:\0]/.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** fp16 is stored, never computed in; int8 and int4 are com.microsoft MatMulNBits, for linear layers. */
export type WeightFormat = z.infer<typeof weightFormatSchema>;

export const kvCacheFormatSchema = z.enum(['fp32', 'int8']);
/** How a language model keeps the keys and values of what it has read; int8 takes a quarter of the room. */
export type KvCacheFormat = z.infer<typeof kvCacheFormatSchema>;

export const graphSchema = z.object({
  file: bundlePath,
  /** External data, in the same folder; null when every weight stands in the graph file. */
  dataFile: bundlePath.nullable(),
  weights: weightFormatSchema,
  /** Values that share one scale; null for fp32 and fp16. */
  blockSize: size.nullable(),
});
export type BundleGraph = z.infer<typeof graphSchema>;

export const languageSchema = z.object({
  family: z.enum(['qwen2', 'mistral', 'mixtral']),
  hiddenSize: size,
  intermediateSize: size,
  layers: size,
  heads: size,
  kvHeads: size,
  headDim: size,
  vocabSize: size,
  maxPositions: size,
  ropeTheta: z.number().positive(),
  rmsNormEps: z.number().positive(),
  tieWordEmbeddings: z.boolean(),
  /** Generation ends at any of these; may be empty. */
  eosTokenIds: z.array(z.int().min(0)),
  bosTokenId: z.int().min(0).nullable(),
  experts: z.object({ count: size, perToken: size }).optional(),
});
export type LanguageArchitecture = z.infer<typeof languageSchema>;

/** How a layer computes, where checkpoints of one family differ; the family's published values when left out. */
const layerStyle = {
  activation: z.enum(['quick_gelu', 'gelu', 'gelu_pytorch_tanh']).optional(),
  layerNormEps: z.number().positive().optional(),
};

export const visionSchema = z.object({
  ...layerStyle,
  family: z.enum(['siglip', 'clip']),
  imageSize: size,
  patchSize: size,
  width: size,
  intermediateSize: size,
  /** Layers of the checkpoint's tower; the graph of a videollama2 bundle runs those up to the selected one. */
  layers: size,
  heads: size,
  /** P of `vision_features` (T, P, C): patches, without a class token. */
  tokensPerFrame: size,
});
export type VisionArchitecture = z.infer<typeof visionSchema>;

export const connectorTypeSchema = z.enum([
  'stc_connector',
  'stc_connector_v35',
  'stp_connector',
  'spatial_conv',
  'spatial_pool',
  'mlp2x_gelu',
  'linear',
]);
export type ConnectorType = z.infer<typeof connectorTypeSchema>;

export const connectorSchema = z.object({
  type: connectorTypeSchema,
  inputSize: size,
  outputSize: size,
  /** L of `video_tokens` (L, D) for `numFrames` frames. */
  videoTokens: size,
});
export type ConnectorArchitecture = z.infer<typeof connectorSchema>;

export const audioSchema = z.object({
  family: z.literal('beats'),
  /** One run of the tower covers this much sound; 30 in every published checkpoint. */
  windowSeconds: z.number().positive(),
  patchSize: size,
  width: size,
  intermediateSize: size,
  layers: size,
  heads: size,
  /** N of `audio_features` (N, C) for one window. */
  tokens: size,
});
export type AudioArchitecture = z.infer<typeof audioSchema>;

export const textSchema = z.object({
  ...layerStyle,
  family: z.enum(['siglip', 'clip']),
  width: size,
  intermediateSize: size,
  layers: size,
  heads: size,
  vocabSize: size,
  /** Token ids are cut to this length and padded to it with `padTokenId`. */
  maxLength: size,
  padTokenId: z.int().min(0),
  /** clip: the position of this token is the text's vector; null: that of the highest id. */
  eosTokenId: z.int().min(0).nullable(),
});
export type TextArchitecture = z.infer<typeof textSchema>;

export const visionPreprocessingSchema = z.object({
  /** squash: to size × size. shortest-edge-crop: shortest edge to size, then the centre size × size. Pillow's bicubic. */
  resize: z.enum(['squash', 'shortest-edge-crop']),
  size,
  /** RGB, of values already multiplied by `rescale`. */
  mean: triple,
  std: triple,
  rescale: z.number().positive(),
});
export type VisionPreprocessing = z.infer<typeof visionPreprocessingSchema>;

export const audioPreprocessingSchema = z.object({
  sampleRate: size,
  melBins: size,
  frameLengthMs: z.number().positive(),
  frameShiftMs: z.number().positive(),
  /** fbank, rounded to bf16, becomes (x - mean) / (2 · std). */
  mean: z.number(),
  std: z.number().positive(),
  roundToBf16: z.boolean(),
});
export type AudioPreprocessing = z.infer<typeof audioPreprocessingSchema>;

/** What the manifest of every kind says. */
export const commonFields = {
  formatVersion: z.literal(2),
  name: z.string().min(1),
  description: z.string(),
  licence: z.string(),
  /** Where the weights come from, in words or as an address. */
  source: z.string(),
  isSampleModel: z.boolean(),
  /** Every file of the bundle but manifest.json (and the `embedding/` bundle, which has its own). */
  files: z.array(z.object({ path: bundlePath, bytes: z.int().min(0), sha256 })),
};
