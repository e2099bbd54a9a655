/** What the networks of a bundle take in memory, from its manifest alone. */
import type { CatalogueShapes } from '../../contract/catalogue.ts';
import type { ModelPartName } from '../../contract/parts.ts';
import type { BundleGraph, BundleManifest } from './bundleManifest.ts';
import { memoryOf, type PartNeeds, partNeeds } from './memoryNeeds.ts';

/** In the manifest's order. */
export function bundleNeeds(manifest: BundleManifest): PartNeeds[] {
  const graphs = Object.entries(manifest.graphs).filter(([, graph]) => graph !== null) as [
    ModelPartName,
    BundleGraph,
  ][];
  const weights = Object.fromEntries(graphs.map(([part, graph]) => [part, weightBytes(graph, manifest)]));
  const kvCache = 'decoder' in manifest.graphs ? manifest.graphs.decoder.kvCache : 'fp32';
  return partNeeds(shapesOf(manifest), weights, kvCache);
}

/** fp16 is a way to store numbers: they are computed with in twice the room. */
function weightBytes({ file, dataFile, weights }: BundleGraph, { files }: BundleManifest): number {
  const sizeOf = (path: string | null) => files.find((each) => each.path === path)?.bytes ?? 0;
  return (sizeOf(file) + sizeOf(dataFile)) * (weights === 'fp16' ? 2 : 1);
}

function shapesOf({ architecture }: BundleManifest): CatalogueShapes {
  const { vision, ...others } = architecture;
  const transformer = <T extends { width: number; intermediateSize: number; layers: number; heads: number }>(
    part: T,
  ) => ({
    ...{ layers: part.layers, width: part.width, inner: part.intermediateSize, heads: part.heads },
  });
  const seen = { ...transformer(vision), patches: vision.tokensPerFrame };
  if ('text' in others) {
    const text = { ...transformer(others.text), vocab: others.text.vocabSize };
    return { language: null, vision: seen, connector: null, audio: null, text };
  }
  const { language, connector, audio, numFrames } = others;
  const { hiddenSize: width, vocabSize: vocab, kvHeads, headDim, experts } = language;
  return {
    language: { ...transformer({ ...language, width }), vocab, kvHeads, headDim, experts: experts?.count ?? 1 },
    vision: seen,
    connector: { frames: numFrames, tokens: connector.videoTokens },
    audio: audio && { ...transformer(audio), tokens: audio.tokens },
    text: null,
  };
}

/** Bytes of the machine's memory to open all of it on the processor; on an adapter the weights pass through it as well. */
export function bundleMemory(manifest: BundleManifest): number {
  return memoryOf(bundleNeeds(manifest), 'cpu');
}
