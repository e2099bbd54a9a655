/**
 * A bundle is a folder that holds one model: manifest.json, ONNX graphs with their external data,
 * the tokenizer's files and, for a language model, its token embeddings as plain rows.
 * This schema is the only description of manifest.json; `docs/importer.md` says it in words.
 */
import { join } from 'node:path';
import * as z from 'zod';
import { weightFormatSchema } from '../../contract/calls.ts';
import { PlayheadError } from '../../contract/errors.ts';
import { LARGEST_TEXT_FILE, readRegularFile } from '../ports/regularFile.ts';

export const manifestFileName = 'manifest.json';
/** A bundle's dual encoder for search, when it brings one: a whole bundle in this subfolder. */
export const embeddingFolderName = 'embedding';

const size = z.int().min(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A path inside the bundle: '/' between its parts, never absolute, never upwards. */
const bundlePath = z.string().refine(isBundlePath, 'must be a path inside the bundle');
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

const graphSchema = z.object({
  file: bundlePath,
  /** External data, in the same folder; null when every weight stands in the graph file. */
  dataFile: bundlePath.nullable(),
  weights: weightFormatSchema,
  /** Values that share one scale; null for fp32 and fp16. */
  blockSize: size.nullable(),
});
export type BundleGraph = z.infer<typeof graphSchema>;

const languageSchema = z.object({
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

const visionSchema = z.object({
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

const connectorSchema = z.object({
  type: connectorTypeSchema,
  inputSize: size,
  outputSize: size,
  /** L of `video_tokens` (L, D) for `numFrames` frames. */
  videoTokens: size,
});
export type ConnectorArchitecture = z.infer<typeof connectorSchema>;

const audioSchema = z.object({
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

const textSchema = z.object({
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

const visionPreprocessingSchema = z.object({
  /** squash: to size × size. shortest-edge-crop: shortest edge to size, then the centre size × size. Pillow's bicubic. */
  resize: z.enum(['squash', 'shortest-edge-crop']),
  size,
  /** RGB, of values already multiplied by `rescale`. */
  mean: triple,
  std: triple,
  rescale: z.number().positive(),
});
export type VisionPreprocessing = z.infer<typeof visionPreprocessingSchema>;

const audioPreprocessingSchema = z.object({
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

const common = {
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

export const videoLlamaManifestSchema = z.object({
  ...common,
  kind: z.literal('videollama2'),
  architecture: z.object({
    language: languageSchema,
    vision: visionSchema,
    connector: connectorSchema,
    numFrames: size,
    audio: audioSchema.nullable(),
  }),
  modalities: z.array(z.enum(['video', 'audio', 'av'])),
  /** Seconds of footage that one look may cover, for a model that was trained on short clips alone. */
  maxClipSeconds: z.number().positive().optional(),
  /** False for a model that was never taught to go on from earlier questions and answers. */
  conversation: z.boolean().optional(),
  /** The system turn that the reference puts before the question; null for none beyond the chat template's own. */
  systemMessage: z.string().nullable(),
  preprocessing: z.object({ vision: visionPreprocessingSchema, audio: audioPreprocessingSchema.nullable() }),
  graphs: z.object({
    vision: graphSchema,
    connector: graphSchema,
    decoder: graphSchema.extend({ kvCache: kvCacheFormatSchema }),
    audio: graphSchema.nullable(),
    audioProjector: graphSchema.nullable(),
  }),
  /** Row-major (rows, columns), little-endian. */
  tokenEmbeddings: z.object({ file: bundlePath, dtype: z.enum(['f32', 'f16']), rows: size, columns: size }),
  /** Only of a model that knows a bounded world: which footage belongs to it (see domain/domainFile.ts). */
  domain: z.object({ file: bundlePath }).optional(),
  /** Only of such a model: the words that it can be asked in (see questions/questionsFile.ts). */
  questions: z.object({ file: bundlePath }).optional(),
});
export type VideoLlamaManifest = z.infer<typeof videoLlamaManifestSchema>;

export const dualEncoderManifestSchema = z.object({
  ...common,
  kind: z.literal('dual-encoder'),
  architecture: z.object({ vision: visionSchema, text: textSchema, embeddingSize: size }),
  preprocessing: z.object({ vision: visionPreprocessingSchema }),
  graphs: z.object({ image: graphSchema, text: graphSchema }),
});
export type DualEncoderManifest = z.infer<typeof dualEncoderManifestSchema>;

export const bundleManifestSchema = z.discriminatedUnion('kind', [videoLlamaManifestSchema, dualEncoderManifestSchema]);
export type BundleManifest = z.infer<typeof bundleManifestSchema>;

/**
 * The manifest of a bundle folder, checked against the schema (files are not looked at: see `verifyBundle`).
 * @throws PlayheadError `model-missing` without manifest.json, `model-invalid` naming every field that is wrong.
 */
export async function readBundleManifest(bundleFolder: string): Promise<BundleManifest> {
  const file = join(bundleFolder, manifestFileName);
  const text = await readRegularFile(file, LARGEST_TEXT_FILE).catch((cause: unknown) => {
    if (cause instanceof PlayheadError) throw cause;
    throw new PlayheadError(
      { code: 'model-missing', message: 'This folder holds no model: it has no manifest.json.', file: bundleFolder },
      { cause },
    );
  });
  return parseBundleManifest(text.toString('utf8'), file);
}

/** As `readBundleManifest`, from the text of manifest.json; `file` is only named in errors. */
export function parseBundleManifest(text: string, file?: string): BundleManifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new PlayheadError({ code: 'model-invalid', message: 'manifest.json is not valid JSON.', file }, { cause });
  }
  const parsed = bundleManifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'manifest'}: ${issue.message}`);
  throw new PlayheadError({
    code: 'model-invalid',
    message: `manifest.json does not describe a bundle of this version: ${problems.join('; ')}.`,
    hint: 'Import the checkpoint again, or update Playhead.',
    file,
  });
}
