/**
 * Mixtral's sparse block: a router picks experts for each position and weighs their answers.
 * Source: transformers `models/mixtral/modeling_mixtral.py`, MixtralSparseMoeBlock.
 * Every expert gets only the rows that chose it; an expert that nobody chose multiplies zero rows and reads no weights.
 */
import type { LanguageArchitecture } from '../../models/bundleManifest.ts';
import type { Scope } from './scope.ts';

/** x (R, D) -> (R, D). */
export function mixtralExperts(block: Scope, x: string, language: LanguageArchitecture): string {
  const { graph } = block;
  const { hiddenSize, experts = { count: 1, perToken: 1 } } = language;
  const scores = block.linear('gate', x, [hiddenSize, experts.count], { bias: false, exact: true }); // (R, E)
  const [best, chosen] = graph.ops('TopK', [scores, graph.ints([experts.perToken])], { axis: -1 }, [
    block.nameOf('best'),
    block.nameOf('chosen'),
  ]) as [string, string]; // (R, k) each
  // The softmax over the chosen scores equals the softmax over all, made to sum to one again.
  const shares = graph.op('Softmax', [best], { axis: -1 }); // (R, k)
  let sum = graph.mul(x, graph.scalar(0)); // (R, D) of zeros
  for (let expert = 0; expert < experts.count; expert++) {
    const hits = graph.op('NonZero', [graph.op('Equal', [chosen, graph.ints([expert], [])])]); // (2, n): row, place
    const rows = graph.transpose(graph.slice(hits, 0, 0, 1), [1, 0]); // (n, 1)
    const mine = graph.op('GatherND', [x, rows]); // (n, D)
    const share = graph.reshape(graph.op('GatherND', [shares, graph.transpose(hits, [1, 0])]), [-1, 1]); // (n, 1)
    const answer = graph.mul(oneExpert(block.at('experts').at(expert), mine, language), share);
    sum = graph.op('ScatterND', [sum, rows, answer], { reduction: 'add' });
  }
  return sum;
}

/** w2(silu(w1(x)) · w3(x)): (n, D) -> (n, D). */
function oneExpert(expert: Scope, x: string, { hiddenSize, intermediateSize }: LanguageArchitecture): string {
  const { graph } = expert;
  const up = (name: string) => expert.linear(name, x, [hiddenSize, intermediateSize], { bias: false });
  const gated = graph.mul(graph.silu(up('w1')), up('w3'));
  return expert.linear('w2', gated, [intermediateSize, hiddenSize], { bias: false });
}
