/**
 * Mixtral's sparse block: a router picks experts for each position and weighs their answers.
 * Source: transformers `models/mixtral/modeling_mixtral.py`, MixtralSparseMoeBlock.
 * Every expert gets only the rows that chose it; an expert that nobody chose multiplies zero rows and reads no weights.
 */
import type { LanguageArchitecture } from '../../core/model/bundleManifest.ts';
import type { Weights } from '../checkpoint/weights.ts';
import type { Graph } from '../onnx/graph.ts';

/** x (R, D) -> (R, D). */
export function mixtralExperts(
  graph: Graph,
  weights: Weights,
  x: string,
  language: LanguageArchitecture,
  prefix: string,
): string {
  const { hiddenSize, experts = { count: 1, perToken: 1 } } = language;
  const router = weights.get(`${prefix}gate.weight`, [experts.count, hiddenSize]);
  const scores = graph.linear(x, router, null, { exact: true }); // (R, E)
  const [best, chosen] = graph.ops('TopK', [scores, graph.ints([experts.perToken])], { axis: -1 }, [
    `${prefix}best`,
    `${prefix}chosen`,
  ]) as [string, string]; // (R, k) each
  // The softmax over the chosen scores equals the softmax over all, made to sum to one again.
  const shares = graph.op('Softmax', [best], { axis: -1 }); // (R, k)
  let sum = graph.mul(x, graph.scalar(0)); // (R, D) of zeros
  for (let expert = 0; expert < experts.count; expert++) {
    const hits = graph.op('NonZero', [graph.op('Equal', [chosen, graph.ints([expert], [])])]); // (2, n): row, place
    const rows = graph.transpose(graph.slice(hits, 0, 0, 1), [1, 0]); // (n, 1)
    const mine = graph.op('GatherND', [x, rows]); // (n, D)
    const share = graph.reshape(graph.op('GatherND', [shares, graph.transpose(hits, [1, 0])]), [-1, 1]); // (n, 1)
    const answer = graph.mul(oneExpert(graph, weights, mine, language, `${prefix}experts.${expert}.`), share);
    sum = graph.op('ScatterND', [sum, rows, answer], { reduction: 'add' });
  }
  return sum;
}

/** w2(silu(w1(x)) · w3(x)): (n, D) -> (n, D). */
function oneExpert(graph: Graph, weights: Weights, x: string, language: LanguageArchitecture, prefix: string): string {
  const { hiddenSize, intermediateSize } = language;
  const up = (name: string) =>
    graph.linear(x, weights.get(`${prefix}${name}.weight`, [intermediateSize, hiddenSize]), null);
  const gated = graph.mul(graph.silu(up('w1')), up('w3'));
  return graph.linear(gated, weights.get(`${prefix}w2.weight`, [hiddenSize, intermediateSize]), null);
}
