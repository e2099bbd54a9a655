/**
 * Where a provider's operators change their ways: positions below and above 32 and 64, odd ones, the published widths
 * and heads, sizes that 4 and 16 do not divide, single rows. Together these pieces hold every operator that the importer
 * writes (`tests/unit/importer/operators.test.ts`).
 */
import type { Piece } from './comparePiece.ts';
import {
  audioPiece,
  connectorPiece,
  decoderPiece,
  imagePiece,
  projectorPiece,
  textPiece,
  visionPiece,
} from './pieces.ts';

const smallBeats = {
  patchSize: 16,
  embedDim: 24,
  width: 48,
  intermediateSize: 130,
  layers: 1,
  heads: 6,
  convPos: 16,
  convPosGroups: 4,
  numBuckets: 32,
  maxDistance: 80,
  residualScale: 1.2,
};
const qwen = { family: 'qwen2', hidden: 112, heads: 14, kvHeads: 2, headDim: 8, inner: 130, vocab: 517 } as const;
const mixtral = { ...qwen, family: 'mixtral', heads: 4, headDim: 12, inner: 34, vocab: 301 } as const;

/** Seconds on a software adapter: in `npm test`. */
export const smallPieces: readonly Piece[] = [
  visionPiece({ family: 'clip', grid: 6, patch: 7, width: 48, heads: 4, inner: 130, frames: 2 }),
  visionPiece({ family: 'siglip', grid: 9, patch: 7, width: 32, heads: 4, inner: 66, frames: 3 }),
  visionPiece({ family: 'siglip', grid: 9, patch: 5, width: 144, heads: 2, inner: 130, activation: 'gelu' }),
  visionPiece({ family: 'clip', grid: 9, patch: 7, width: 96, heads: 8, inner: 130, format: 'int8' }),
  visionPiece({ family: 'siglip', grid: 27, patch: 2, width: 72, heads: 1, inner: 34, format: 'fp16' }),
  imagePiece({ family: 'siglip', grid: 9, patch: 7, width: 48, heads: 4, inner: 130, frames: 2 }),
  imagePiece({ family: 'clip', grid: 6, patch: 7, width: 48, heads: 4, inner: 130, frames: 3 }),
  textPiece({ family: 'clip', length: 77, width: 48, heads: 4, vocab: 301 }),
  textPiece({ family: 'siglip', length: 36, width: 48, heads: 4, vocab: 301, largestMatrix: 20_000 }),
  decoderPiece({ ...qwen, rows: 1, past: 70 }),
  decoderPiece({ ...qwen, rows: 81, past: 0 }),
  decoderPiece({ ...qwen, rows: 33, past: 70, format: 'int4' }),
  decoderPiece({ ...qwen, rows: 36, past: 50, cache: 'int8' }),
  decoderPiece({ ...qwen, family: 'mistral', rows: 40, past: 30, window: 24 }),
  decoderPiece({ ...mixtral, rows: 33, past: 5 }),
  connectorPiece('stc_connector', 9, [34, 20]),
  connectorPiece('stc_connector_v35', 9, [34, 20], { frames: 4 }),
  connectorPiece('spatial_pool', 9, [20, 20]),
  audioPiece(smallBeats, 98),
  projectorPiece(30, 18, 81),
];

const positions = [16, 31, 32, 33, 36, 63, 64, 65, 77, 81, 128, 129, 577, 729];
const soSiglip = { family: 'siglip', patch: 14, width: 1152, heads: 16, inner: 4304 } as const;
const largeClip = { family: 'clip', patch: 14, width: 1024, heads: 16, inner: 4096 } as const;
const halfBillion = { ...qwen, hidden: 896, headDim: 64, inner: 4864, vocab: 32_003 } as const;

/** Minutes on a software adapter: `npm run parity -- --operators`. */
export const allPieces: readonly Piece[] = [
  ...smallPieces,
  visionPiece({ family: 'siglip', grid: 4, patch: 7, width: 144, heads: 2, inner: 130 }),
  connectorPiece('linear', 9, [34, 20]),
  ...positions.flatMap((length) => [
    textPiece({ family: 'clip', length, width: 64, heads: 8, vocab: 301 }),
    textPiece({ family: 'siglip', length, width: 48, heads: 4, vocab: 302 }),
    textPiece({ family: 'siglip', length, width: 144, heads: 2, vocab: 303 }),
  ]),
  ...[4, 6, 9].flatMap((grid) => [visionPiece({ ...soSiglip, grid }), visionPiece({ ...largeClip, grid })]),
  ...(['int8', 'int4', 'fp16'] as const).flatMap((format) => [
    visionPiece({ ...soSiglip, grid: 6, format }),
    visionPiece({ ...largeClip, grid: 6, format }),
  ]),
  ...[1, 16, 31, 32, 33, 64, 65, 81, 129].flatMap((rows) => [
    decoderPiece({ ...qwen, rows, past: 0 }),
    decoderPiece({ ...qwen, rows, past: 70 }),
    decoderPiece({ ...qwen, rows, past: 70, cache: 'int8' }),
    decoderPiece({ ...mixtral, rows, past: 9 }),
  ]),
  ...(['fp32', 'fp16', 'int8', 'int4'] as const).flatMap((format) =>
    [1, 33].map((rows) => decoderPiece({ ...halfBillion, rows, past: 40, format })),
  ),
  ...(['stc_connector', 'stc_connector_v35', 'stp_connector', 'spatial_conv', 'mlp2x_gelu'] as const).flatMap((type) =>
    [5, 9, 24, 27].map((grid) => connectorPiece(type, grid, [34, 20])),
  ),
  ...[33, 98, 400].map((frames) => audioPiece(smallBeats, frames)),
  audioPiece({ ...smallBeats, width: 768, heads: 12, intermediateSize: 3072, convPos: 128, convPosGroups: 16 }, 98),
];
