/** Disk and memory of a model in each weight format, before a byte of it is fetched. */
import type { CatalogueShapes, FormatNeeds } from '../../../contract/index.ts';
import { countParameters } from './countParameters.ts';

type Format = FormatNeeds['format'];

/** Bytes a number on the disk; int8 and int4 with one scale of four bytes for each block of 32. */
const onDisk: Record<Format, number> = { int4: 0.5 + 4 / 32, int8: 1 + 4 / 32, fp16: 2 };
/** The same while it is computed with: fp16 is a way to store numbers, they are computed in fp32. */
const inMemory: Record<Format, number> = { int4: onDisk.int4, int8: onDisk.int8, fp16: 4 };
/** What sees and hears is never stored in less than 8 bits (the importer's preset). */
const ofTheRest: Record<Format, Format> = { int4: 'int8', int8: 'int8', fp16: 'fp16' };

/**
 * ONNX Runtime packs the weights of the language model anew while it opens it. Measured: 9.83 GB at the peak for the
 * 2.1-7B-AV model's shapes in int4, whose weights, cache and largest activations are 6.7 GB (docs/performance.md).
 */
const PACKED_COPY = 1.5;

/** Positions for question, earlier talk and answer, beside the media tokens. */
const TEXT_POSITIONS = 1024;

export interface Needs {
  format: Format;
  diskBytes: number;
  memoryBytes: number;
}

export function estimateNeeds(shapes: CatalogueShapes): Needs[] {
  const counts = countParameters(shapes);
  return (['int4', 'int8', 'fp16'] as const).map((format) => {
    const rest = ofTheRest[format];
    const weights = counts.language * inMemory[format] + counts.rest * inMemory[rest];
    return {
      format,
      diskBytes: counts.language * onDisk[format] + counts.rest * onDisk[rest] + counts.tokenEmbeddings * 2,
      memoryBytes: weights * PACKED_COPY + cacheBytes(shapes) + activationBytes(shapes),
    };
  });
}

/** Keys and values in fp32 at the length that a look with its talk has. */
function cacheBytes({ language, connector, audio }: CatalogueShapes): number {
  if (!language) return 0;
  const positions = (connector?.tokens ?? 0) + (audio?.tokens ?? 0) + TEXT_POSITIONS;
  return 2 * language.layers * language.kvHeads * language.headDim * 4 * positions;
}

/** The largest tensors of a look: attention scores and the inner layer of all frames, in fp32. */
function activationBytes({ vision, connector }: CatalogueShapes): number {
  if (!vision) return 0;
  const frames = connector?.frames ?? 1;
  return frames * vision.patches * (vision.heads * vision.patches + vision.inner) * 4;
}
