/** How many numbers each part of a published model has, from its sizes (see `docs/models.md`). */
import type { CatalogueShapes } from '../../../contract/index.ts';

export interface ParameterCounts {
  /** Layers and output matrix of the language model. */
  language: number;
  /** Read by row from the disk, never in memory as a whole. */
  tokenEmbeddings: number;
  /** Towers, connector, text encoder. */
  rest: number;
}

export function countParameters({ language, vision, connector, audio, text }: CatalogueShapes): ParameterCounts {
  const width = language?.width ?? 0;
  return {
    language: language ? language.layers * languageLayer(language) + language.vocab * width : 0,
    tokenEmbeddings: language ? language.vocab * width : 0,
    rest:
      (vision ? plainLayers(vision) : 0) +
      (connector && vision ? stcConnector(vision.width, width) : 0) +
      (audio ? plainLayers(audio) + audio.width * width + width * width : 0) +
      (text ? plainLayers(text) + text.vocab * text.width : 0),
  };
}

function languageLayer(shape: NonNullable<CatalogueShapes['language']>): number {
  const { width, inner, heads, kvHeads, headDim, experts } = shape;
  const attention = 2 * width * heads * headDim + 2 * width * kvHeads * headDim;
  return attention + experts * 3 * width * inner;
}

/** Query, key, value, output, and two layers of a perceptron. */
function plainLayers({ layers, width, inner }: { layers: number; width: number; inner: number }): number {
  return layers * (4 * width * width + 2 * width * inner);
}

/** Two stages of four bottleneck blocks, a convolution of 2 × 2 × 2 between them, two linear layers. */
function stcConnector(from: number, to: number): number {
  const block = (input: number) => input * to + to * to + (to / 4) * (input + to) + (input === to ? 0 : input * to);
  return block(from) + 7 * block(to) + 8 * to * to + 2 * to * to;
}
