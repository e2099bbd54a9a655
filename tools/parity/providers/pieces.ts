/**
 * The importer's networks, one layer each, at the sizes at which a provider's operators change their ways: positions
 * below and above 32 and 64, odd ones, the published widths and heads, sizes that 4 and 16 do not divide, single rows.
 * Together they hold every operator that the importer writes (`tests/unit/importer/operators.test.ts`).
 */

import { audioProjectorGraph } from '../../../src/main/importing/networks/audioProjector.ts';
import { type BeatsSizes, beatsGraph } from '../../../src/main/importing/networks/beats.ts';
import { connectorGraph } from '../../../src/main/importing/networks/connectorGraph.ts';
import { decoderGraph } from '../../../src/main/importing/networks/decoder.ts';
import { imageGraph, textGraph } from '../../../src/main/importing/networks/dualEncoderGraph.ts';
import { visionGraph } from '../../../src/main/importing/networks/visionGraph.ts';
import type { WeightOptions } from '../../../src/main/importing/onnx/graph.ts';
import type {
  ConnectorType,
  KvCacheFormat,
  LanguageArchitecture,
  TextArchitecture,
  VisionArchitecture,
  WeightFormat,
} from '../../../src/main/models/bundleManifest.ts';
import type { Piece } from './comparePiece.ts';

type Style = VisionArchitecture['activation'];
type Format = WeightFormat;

const options = (format: Format, largestMatrix?: number): WeightOptions => ({ format, blockSize: 32, largestMatrix });

interface Tower {
  family: VisionArchitecture['family'];
  /** Patches per side and pixels of each. */
  grid: number;
  patch: number;
  width: number;
  heads: number;
  inner: number;
  activation?: Style;
  format?: Format;
  frames?: number;
}

function towerOf(tower: Tower): VisionArchitecture {
  const { family, grid, patch, width, heads, inner: intermediateSize, activation } = tower;
  const sizes = { imageSize: grid * patch, patchSize: patch, tokensPerFrame: grid * grid };
  return { family, ...sizes, width, heads, intermediateSize, layers: 1, activation };
}

function told({ family, grid, width, heads, inner, format = 'fp32' }: Tower): string {
  return `${family}, ${grid * grid} patches, ${width} wide, heads of ${width / heads}, inner ${inner}, ${format}`;
}

/** A whole tower of one layer. */
export function visionPiece(tower: Tower): Piece {
  const { format = 'fp32', frames = 1 } = tower;
  return {
    name: `vision tower: ${told(tower)}`,
    graph: (weights) => visionGraph(weights, towerOf(tower), -1, options(format)),
    sizes: { frames },
  };
}

/** The picture's half of a dual encoder. */
export function imagePiece(tower: Tower): Piece {
  const { format = 'fp32', frames = 1 } = tower;
  return {
    name: `image encoder: ${told(tower)}`,
    graph: (weights) => imageGraph(weights, towerOf(tower), tower.width, options(format)),
    sizes: { batch: frames },
  };
}

interface Words {
  family: TextArchitecture['family'];
  length: number;
  width: number;
  heads: number;
  vocab: number;
  format?: Format;
  /** Bytes; tables and matrices above it are sliced. */
  largestMatrix?: number;
}

/** The words' half; CLIP's positions see only those before them. */
export function textPiece(words: Words): Piece {
  const { family, length, width, heads, vocab, format = 'fp32', largestMatrix } = words;
  const eosTokenId = family === 'clip' ? null : vocab - 1;
  const style = { padTokenId: 0, eosTokenId, intermediateSize: 2 * width, layers: 1 };
  const sliced = largestMatrix === undefined ? '' : `, at most ${largestMatrix} bytes at once`;
  const text = { family, width, heads, vocabSize: vocab, maxLength: length, ...style };
  return {
    name: `text encoder: ${family}, ${length} positions, heads of ${width / heads}, ${vocab} words, ${format}${sliced}`,
    graph: (weights) => textGraph(weights, text, width, options(format, largestMatrix)),
    whole: { input_ids: vocab - 1 },
  };
}

interface Language {
  family: LanguageArchitecture['family'];
  hidden: number;
  heads: number;
  kvHeads: number;
  headDim: number;
  inner: number;
  vocab: number;
  /** Positions that are read in this run, and those that were read before. */
  rows: number;
  past: number;
  format?: Format;
  cache?: KvCacheFormat;
  window?: number;
  /** Of a Mixtral layer; 4 when left out. */
  experts?: number;
}

export function decoderPiece(sizes: Language): Piece {
  const { family, hidden, heads, kvHeads, headDim, inner, vocab, rows, past, format = 'fp32', cache = 'fp32' } = sizes;
  const language: LanguageArchitecture = {
    family,
    hiddenSize: hidden,
    intermediateSize: inner,
    layers: 1,
    heads,
    kvHeads,
    headDim,
    vocabSize: vocab,
    maxPositions: 256,
    ropeTheta: 1e6,
    rmsNormEps: 1e-6,
    tieWordEmbeddings: false,
    eosTokenIds: [],
    bosTokenId: null,
    ...(family === 'mixtral' ? { experts: { count: sizes.experts ?? 4, perToken: 2 } } : {}),
  };
  const read = `${rows} after ${past} positions`;
  return {
    name: `decoder: ${family}, ${heads}/${kvHeads} heads of ${headDim}, ${vocab} words, ${read}, ${format}, ${cache} cache`,
    graph: (weights) =>
      decoderGraph(weights, language, { attentionWindow: () => sizes.window ?? null, kvCache: cache }, options(format)),
    sizes: { sequence: rows, capacity: Math.ceil((past + 1) / 64) * 64 },
    whole: { past_length: past },
  };
}

export function connectorPiece(
  type: ConnectorType,
  grid: number,
  [inSize, outSize]: [number, number],
  { frames = 3, format = 'fp32' }: { frames?: number; format?: Format } = {},
): Piece {
  return {
    name: `connector: ${type}, ${grid * grid} patches, ${inSize} to ${outSize}, ${format}`,
    graph: (weights) => connectorGraph(weights, type, { grid, inSize, outSize }, options(format)),
    sizes: { frames },
  };
}

/** @param fbankFrames of 10 ms */
export function audioPiece(sizes: BeatsSizes, fbankFrames: number, format: Format = 'fp32'): Piece {
  const { width, heads, patchSize } = sizes;
  const positions = Math.floor(fbankFrames / patchSize) * Math.floor(128 / patchSize);
  return {
    name: `audio tower: ${positions} positions, ${width} wide, heads of ${width / heads}, ${format}`,
    graph: (weights) => beatsGraph(weights, sizes, options(format)),
    sizes: { fbank_frames: fbankFrames },
  };
}

export function projectorPiece(inSize: number, outSize: number, tokens: number, format: Format = 'fp32'): Piece {
  return {
    name: `audio projector: ${tokens} tokens, ${inSize} to ${outSize}, ${format}`,
    graph: (weights) => audioProjectorGraph(weights, inSize, outSize, options(format)),
    sizes: { tokens },
  };
}
