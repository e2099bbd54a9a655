/** Token plus position embeddings, as CLIP's and SigLIP's text halves begin. */
import type { TextArchitecture } from '../../models/bundleManifest.ts';
import type { Scope } from './scope.ts';

/** input_ids (B, L) -> (B·L, C). */
export function textEmbeddings(embeddings: Scope, inputIds: string, text: TextArchitecture): string {
  const { graph } = embeddings;
  const { width, vocabSize, maxLength } = text;
  const tokens = embeddings.weight('token_embedding.weight', [vocabSize, width]);
  const places = graph.floats(embeddings.weight('position_embedding.weight', [maxLength, width]));
  return graph.reshape(graph.add(graph.lookUp(inputIds, tokens), places), [-1, width]);
}
