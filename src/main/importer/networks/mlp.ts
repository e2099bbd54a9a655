/** The reference's two-layer MLP, numbered as nn.Sequential does. Source: VideoLLaMA2 `model/projector.py`, build_mlp. */
import type { Weights } from '../checkpoint/weights.ts';
import type { Graph } from '../onnx/graph.ts';

/** Linear, GELU, Linear: (R, in) -> (R, out). */
export function mlp(
  graph: Graph,
  weights: Weights,
  x: string,
  prefix: string,
  inSize: number,
  outSize: number,
  output: string,
): string {
  const weight = (index: number, size: number) => weights.get(`${prefix}${index}.weight`, [outSize, size]);
  const bias = (index: number) => weights.get(`${prefix}${index}.bias`, [outSize]);
  const hidden = graph.op('Gelu', [graph.linear(x, weight(0, inSize), bias(0))]);
  return graph.linear(hidden, weight(2, outSize), bias(2), { output });
}
