/** vision.onnx: pixel_values (T, 3, S, S) -> vision_features (T, P, C), the selected layer's patches. */
import type { VisionArchitecture } from '../../models/bundleManifest.ts';
import type { Weights } from '../checkpoint/weights.ts';
import { Graph, type WeightOptions } from '../onnx/graph.ts';
import { Scope } from './scope.ts';
import { visionTowerClip } from './visionTowerClip.ts';
import { visionTowerSiglip } from './visionTowerSiglip.ts';

/** `selectLayer` counts as in `hidden_states`: 0 is the embeddings, -1 the last layer's output, -2 the one before. */
export function visionGraph(
  weights: Weights,
  vision: VisionArchitecture,
  selectLayer: number,
  options: WeightOptions,
): Graph {
  const graph = new Graph('vision', options);
  const tower = new Scope(graph, weights, 'model.vision_tower.vision_tower.vision_model.');
  const { imageSize, width, tokensPerFrame } = vision;
  const pixelValues = graph.input('pixel_values', 'float', ['frames', 3, imageSize, imageSize]);
  const lastLayer = selectLayer < 0 ? vision.layers + 1 + selectLayer : selectLayer;
  const name = 'vision_features';
  if (vision.family === 'siglip') {
    const hidden = visionTowerSiglip(tower, pixelValues, vision, lastLayer);
    graph.reshape(hidden, [-1, tokensPerFrame, width], name);
  } else {
    const hidden = visionTowerClip(tower, pixelValues, vision, lastLayer);
    const tokens = graph.reshape(hidden, [-1, 1 + tokensPerFrame, width]);
    const [first, end, axis] = [graph.ints([1]), graph.ints([1 + tokensPerFrame]), graph.ints([1])];
    graph.op('Slice', [tokens, first, end, axis], {}, name); // without the class token
  }
  graph.output(name, 'float', ['frames', tokensPerFrame, width]);
  return graph;
}
