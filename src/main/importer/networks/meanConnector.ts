/**
 * The connectors without time: the mean over all frames, then a linear layer or an MLP.
 * Source: VideoLLaMA2 `model/videollama2_arch.py`, temporal_aggregator.
 */
import type { Weights } from '../checkpoint/weights.ts';
import { Graph, type WeightOptions } from '../onnx/graph.ts';
import { mlp } from './mlp.ts';
import type { ConnectorSizes } from './stcConnector.ts';

/** connector.onnx: vision_features (T, P, C) -> video_tokens (P, D). */
export function meanConnector(
  weights: Weights,
  type: 'mlp2x_gelu' | 'linear',
  sizes: ConnectorSizes,
  options: WeightOptions,
): Graph {
  const graph = new Graph('connector', options);
  const { inSize, outSize, grid } = sizes;
  const features = graph.input('vision_features', 'float', ['frames', grid * grid, inSize]);
  const mean = graph.op('ReduceMean', [features, graph.ints([0])], { keepdims: 0 }); // (P, C)
  if (type === 'linear') {
    const weight = weights.get('model.mm_projector.weight', [outSize, inSize]);
    const bias = weights.get('model.mm_projector.bias', [outSize]);
    graph.linear(mean, weight, bias, { output: 'video_tokens' });
  } else mlp(graph, weights, mean, 'model.mm_projector.', inSize, outSize, 'video_tokens');
  graph.output('video_tokens', 'float', ['tokens', outSize]);
  return graph;
}
