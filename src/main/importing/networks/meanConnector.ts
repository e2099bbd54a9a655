/**
 * The connectors without time: the mean over all frames, then a linear layer or an MLP.
 * Source: VideoLLaMA2 `model/videollama2_arch.py`, temporal_aggregator.
 */
import type { Weights } from '../checkpoint/weights.ts';
import { Graph, type WeightOptions } from '../onnx/graph.ts';
import { mlp } from './mlp.ts';
import { Scope } from './scope.ts';
import type { ConnectorSizes } from './stcConnector.ts';

/** connector.onnx: vision_features (T, P, C) -> video_tokens (P, D). */
export function meanConnector(
  weights: Weights,
  type: 'mlp2x_gelu' | 'linear',
  { inSize, outSize, grid }: ConnectorSizes,
  options: WeightOptions,
): Graph {
  const graph = new Graph('connector', options);
  const model = new Scope(graph, weights, 'model.');
  const features = graph.input('vision_features', 'float', ['frames', grid * grid, inSize]);
  const mean = graph.op('ReduceMean', [features, graph.ints([0])], { keepdims: 0 }); // (P, C)
  const output = 'video_tokens';
  if (type === 'linear') model.linear('mm_projector', mean, [inSize, outSize], { output });
  else mlp(model.at('mm_projector'), mean, [inSize, outSize], output);
  graph.output(output, 'float', ['tokens', outSize]);
  return graph;
}
