/** Which part of a bundle keeps its numbers in which format. */
import type { KvCacheFormat, WeightFormat } from '../models/bundleManifest.ts';
import type { WeightOptions } from './onnx/graph.ts';

export type BundlePart =
  | 'vision'
  | 'connector'
  | 'audio'
  | 'audioProjector'
  | 'decoder'
  | 'tokenEmbeddings'
  | 'image'
  | 'text';

export interface WeightChoice {
  /** For the parts that are not named; fp32 when left out. */
  format?: WeightFormat;
  parts?: Partial<Record<BundlePart, WeightFormat>>;
  /** Values per scale of int8 and int4; 32 when left out. */
  blockSize?: 32 | 64 | 128;
  /** fp32 when left out. */
  kvCache?: KvCacheFormat;
}

export interface WeightPlan {
  of(part: BundlePart): WeightOptions;
  /** Rows are read from disk as they are, so they are never packed: fp32 gives f32, all else f16. */
  tokenEmbeddings: 'f32' | 'f16';
  kvCache: KvCacheFormat;
}

/** One word is a preset: int4 means the language model in int4 and everything that sees or hears in int8. */
export function planWeights(choice: WeightFormat | WeightChoice | undefined): WeightPlan {
  const {
    format = 'fp32',
    parts = {},
    blockSize = 32,
    kvCache = 'fp32',
  } = typeof choice === 'string' ? { format: choice } : (choice ?? {});
  const senses: WeightFormat = format === 'int4' ? 'int8' : format;
  const formatOf = (part: BundlePart): WeightFormat => parts[part] ?? (part === 'decoder' ? format : senses);
  return {
    of: (part) => ({ format: formatOf(part), blockSize }),
    tokenEmbeddings: formatOf('tokenEmbeddings') === 'fp32' ? 'f32' : 'f16',
    kvCache,
  };
}
