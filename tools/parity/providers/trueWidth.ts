/**
 * One layer of each published tower, connector and language model at its true width, in the formats in which bundles
 * ship. As few positions as show an operator's ways: a software adapter takes minutes for what a GPU does in a second.
 */
import type { Piece } from './comparePiece.ts';
import { audioPiece, connectorPiece, decoderPiece, imagePiece, projectorPiece, visionPiece } from './pieces.ts';

const formats = ['fp16', 'int8'] as const;
const siglip = { family: 'siglip', grid: 27, patch: 14, width: 1152, heads: 16, inner: 4304 } as const;
const clip = { family: 'clip', grid: 24, patch: 14, width: 1024, heads: 16, inner: 4096 } as const;
const beats = {
  patchSize: 16,
  embedDim: 512,
  width: 768,
  intermediateSize: 3072,
  layers: 1,
  heads: 12,
  convPos: 128,
  convPosGroups: 16,
  numBuckets: 320,
  maxDistance: 800,
  residualScale: 24 ** 0.25,
};
const qwen2 = {
  family: 'qwen2',
  hidden: 3584,
  heads: 28,
  kvHeads: 4,
  headDim: 128,
  inner: 18_944,
  vocab: 152_064,
} as const;
const mistral = {
  family: 'mistral',
  hidden: 4096,
  heads: 32,
  kvHeads: 8,
  headDim: 128,
  inner: 14_336,
  vocab: 32_000,
} as const;
const qwen2Large = { ...qwen2, hidden: 8192, heads: 64, kvHeads: 8, inner: 29_568 } as const;

export const trueWidthPieces: readonly Piece[] = [
  ...formats.flatMap((format) => [visionPiece({ ...siglip, format }), visionPiece({ ...clip, format })]),
  imagePiece({ ...siglip, format: 'fp16' }),
  ...formats.map((format) => audioPiece(beats, 998, format)),
  ...formats.map((format) => projectorPiece(768, 3584, 64, format)),
  // A third of the patches per side: the widths are what counts here, the 27 stand among the operators' sizes.
  ...formats.flatMap((format) => [
    connectorPiece('stc_connector_v35', 9, [1152, 3584], { frames: 2, format }),
    connectorPiece('stc_connector', 8, [1024, 4096], { frames: 2, format }),
  ]),
  ...(['int4', 'int8', 'fp16'] as const).flatMap((format) => [
    decoderPiece({ ...qwen2, rows: 33, past: 40, format }),
    decoderPiece({ ...mistral, rows: 33, past: 40, format }),
  ]),
  decoderPiece({ ...qwen2, rows: 1, past: 70, format: 'int4' }),
  decoderPiece({ ...mistral, family: 'mixtral', experts: 8, rows: 33, past: 40, format: 'int4' }),
  decoderPiece({ ...qwen2Large, rows: 33, past: 40, format: 'int4' }),
  // 2.18 GB of output matrix, in slices.
  decoderPiece({ ...qwen2, inner: 64, rows: 2, past: 3, format: 'fp32' }),
];
