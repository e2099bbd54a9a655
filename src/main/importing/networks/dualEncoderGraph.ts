/** The ends that SigLIP's and CLIP's dual encoders share: graphs whose outputs have unit length. */
import type { TextArchitecture, VisionArchitecture } from '../../models/bundleManifest.ts';
import type { Weights } from '../checkpoint/weights.ts';
import { Graph, type WeightOptions } from '../onnx/graph.ts';
import { clipImageEmbeds, clipTextEmbeds } from './clipDual.ts';
import { Scope } from './scope.ts';
import { siglipImageEmbeds, siglipTextEmbeds } from './siglipDual.ts';

/** image.onnx: pixel_values (B, 3, S, S) -> image_embeds (B, E). */
export function imageGraph(
  weights: Weights,
  vision: VisionArchitecture,
  embeddingSize: number,
  options: WeightOptions,
): Graph {
  const graph = new Graph('image', options);
  const encoder = new Scope(graph, weights);
  const { imageSize } = vision;
  const pixelValues = graph.input('pixel_values', 'float', ['batch', 3, imageSize, imageSize]);
  const embeds =
    vision.family === 'siglip'
      ? siglipImageEmbeds(encoder, pixelValues, vision)
      : clipImageEmbeds(encoder, pixelValues, vision, embeddingSize);
  unitLength(graph, embeds, 'image_embeds', embeddingSize);
  return graph;
}

/** text.onnx: input_ids (B, L) -> text_embeds (B, E); L is `maxLength`, padded with `padTokenId`. */
export function textGraph(
  weights: Weights,
  text: TextArchitecture,
  embeddingSize: number,
  options: WeightOptions,
): Graph {
  const graph = new Graph('text', options);
  const encoder = new Scope(graph, weights);
  const inputIds = graph.input('input_ids', 'int64', ['batch', text.maxLength]);
  const embeds =
    text.family === 'siglip'
      ? siglipTextEmbeds(encoder, inputIds, text, embeddingSize)
      : clipTextEmbeds(encoder, inputIds, text, embeddingSize);
  unitLength(graph, embeds, 'text_embeds', embeddingSize);
  return graph;
}

function unitLength(graph: Graph, embeds: string, name: string, size: number): void {
  const length = graph.op('ReduceL2', [embeds, graph.ints([-1])], { keepdims: 1 }); // (B, 1)
  graph.op('Div', [embeds, length], {}, name);
  graph.output(name, 'float', ['batch', size]);
}
