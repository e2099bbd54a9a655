/** audio_projector.onnx: audio_features (N, C) -> audio_tokens (N, D). Source: VideoLLaMA2 `model/projector.py`. */
import type { Weights } from '../checkpoint/weights.ts';
import { Graph, type WeightOptions } from '../onnx/graph.ts';
import { mlp } from './mlp.ts';
import { Scope } from './scope.ts';

export function audioProjectorGraph(weights: Weights, inSize: number, outSize: number, options: WeightOptions): Graph {
  const graph = new Graph('audio_projector', options);
  const features = graph.input('audio_features', 'float', ['tokens', inSize]);
  mlp(new Scope(graph, weights, 'model.mm_projector_a.'), features, [inSize, outSize], 'audio_tokens');
  graph.output('audio_tokens', 'float', ['tokens', outSize]);
  return graph;
}
