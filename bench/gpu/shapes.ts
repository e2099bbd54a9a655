/** The sizes that are measured: those of VideoLLaMA2.1-7B-AV with fewer layers, or small ones for a software adapter. */
import type { BeatsSizes } from '../../src/main/importing/networks/beats.ts';
import type { LanguageArchitecture, VisionArchitecture, WeightFormat } from '../../src/main/models/bundleManifest.ts';

export interface Shapes {
  name: string;
  tower: VisionArchitecture;
  audio: BeatsSizes;
  /** Frames of 10 ms in a window of sound. */
  fbankFrames: number;
  /** Frames at once; patches a side. */
  connector: { frames: number; grid: number; inSize: number; outSize: number };
  language: LanguageArchitecture;
  /** Positions that a run reads, and those that stand before a decode step. */
  positions: { prefill: number; past: number };
  weights: { towers: WeightFormat; language: WeightFormat };
  /** Layers of the whole model, to which a few are scaled up. */
  wholeLayers: { vision: number; audio: number; language: number };
}

const languageRest: Pick<
  LanguageArchitecture,
  'family' | 'ropeTheta' | 'rmsNormEps' | 'tieWordEmbeddings' | 'maxPositions' | 'eosTokenIds' | 'bosTokenId'
> = {
  ...{ family: 'qwen2', ropeTheta: 1e6, rmsNormEps: 1e-6, tieWordEmbeddings: false },
  ...{ maxPositions: 4096, eosTokenIds: [], bosTokenId: null },
};
const beatsRest = { patchSize: 16, convPosGroups: 16, numBuckets: 320, maxDistance: 800, residualScale: 24 ** 0.25 };

/** @param layers of each network that has layers */
export function trueShapes(layers: number): Shapes {
  return {
    name: `VideoLLaMA2.1-7B-AV, ${layers} ${layers === 1 ? 'layer' : 'layers'} of each network`,
    tower: {
      ...{ family: 'siglip', imageSize: 378, patchSize: 14, tokensPerFrame: 729 },
      ...{ width: 1152, heads: 16, intermediateSize: 4304, layers },
    },
    audio: { ...beatsRest, embedDim: 512, width: 768, intermediateSize: 3072, layers, heads: 12, convPos: 128 },
    fbankFrames: 2998,
    connector: { frames: 4, grid: 27, inSize: 1152, outSize: 3584 },
    language: {
      ...languageRest,
      ...{ hiddenSize: 3584, intermediateSize: 18_944, layers },
      ...{ heads: 28, kvHeads: 4, headDim: 128, vocabSize: 152_064 },
    },
    positions: { prefill: 1024, past: 2900 },
    weights: { towers: 'int8', language: 'int4' },
    wholeLayers: { vision: 26, audio: 12, language: 28 },
  };
}

/** Seconds in all on a software adapter; every operator of the true shapes is there. */
export const smallShapes: Shapes = {
  name: 'small networks of one layer: for trying this program, no figures',
  tower: {
    ...{ family: 'siglip', imageSize: 84, patchSize: 14, tokensPerFrame: 36 },
    ...{ width: 64, heads: 2, intermediateSize: 128, layers: 1 },
  },
  audio: { ...beatsRest, embedDim: 32, width: 64, intermediateSize: 128, layers: 1, heads: 2, convPos: 16 },
  fbankFrames: 98,
  connector: { frames: 2, grid: 6, inSize: 64, outSize: 64 },
  language: {
    ...languageRest,
    ...{ hiddenSize: 64, intermediateSize: 128, layers: 1 },
    ...{ heads: 4, kvHeads: 2, headDim: 16, vocabSize: 512 },
  },
  positions: { prefill: 64, past: 100 },
  weights: { towers: 'int8', language: 'int4' },
  wholeLayers: { vision: 1, audio: 1, language: 1 },
};
