/** Token plus position embeddings, as CLIP's and SigLIP's text halves begin. */
import type { TextArchitecture } from '../../core/model/bundleManifest.ts';
import type { Weights } from '../checkpoint/weights.ts';
import type { Graph } from '../onnx/graph.ts';

/** input_ids (B, L) -> (B·L, C). */
export function textEmbeddings(graph: Graph, weights: Weights, inputIds: string, text: TextArchitecture): string {
  const { width, vocabSize, maxLength } = text;
  const tokens = weights.get('text_model.embeddings.token_embedding.weight', [vocabSize, width]);
  const places = graph.floats(weights.get('text_model.embeddings.position_embedding.weight', [maxLength, width]));
  return graph.reshape(graph.add(graph.lookUp(inputIds, tokens), places), [-1, width]);
}
