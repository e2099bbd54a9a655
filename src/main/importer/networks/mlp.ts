/** Linear, GELU, Linear, … as nn.Sequential numbers them: 0, 2, 4. Source: VideoLLaMA2 `model/projector.py`, build_mlp. */
import type { Weights } from '../checkpoint/weights.ts';
import type { Graph } from '../onnx/graph.ts';

/** (R, in) -> (R, out). */
export function mlp(
  graph: Graph,
  weights: Weights,
  x: string,
  prefix: string,
  inSize: number,
  outSize: number,
  output: string,
): string {
  const depth = [0, 2, 4, 6].filter((i) => weights.has(`${prefix}${i}.weight`)).length || 2;
  let hidden = x;
  for (let i = 0; i < depth; i++) {
    const name = `${prefix}${2 * i}`;
    const weight = weights.get(`${name}.weight`, [outSize, i === 0 ? inSize : outSize]);
    const input = i === 0 ? hidden : graph.op('Gelu', [hidden]);
    hidden = graph.linear(input, weight, weights.get(`${name}.bias`, [outSize]), i === depth - 1 ? { output } : {});
  }
  return hidden;
}
