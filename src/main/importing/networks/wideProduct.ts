/**
 * Matrix products with 8-bit codes that lose nothing but the codes' own rounding: the other side is taken apart into
 * two 8-bit halves of a 16-bit number, so that it is practically exact. Attention needs that: the shares of a long
 * text are thousands of times smaller than the largest of them.
 */

import { dataTypes } from '../../models/onnxProto.ts';
import type { Graph } from '../onnx/graph.ts';

const HALF = 256;
/** The largest 16-bit number whose halves both fit: 127 · 256. */
const LARGEST = 127 * HALF;

/** x (…, R, K) times codes u8 (…, K, N), in which 128 is zero: (…, R, N). */
export function wideProduct(graph: Graph, x: string, codes: string, name: string): string {
  const peak = graph.op('ReduceMax', [graph.op('Abs', [x]), graph.ints([-1])], { keepdims: 1 });
  const step = graph.add(graph.mul(peak, graph.scalar(1 / LARGEST)), graph.scalar(1e-30)); // never 0
  const whole = graph.op('Div', [x, step]);
  const high = graph.op('Round', [graph.mul(whole, graph.scalar(1 / HALF))]);
  const low = graph.op('Round', [graph.op('Sub', [whole, graph.mul(high, graph.scalar(HALF))])]);
  const halves = graph.op('Concat', [high, low], { axis: -2 }); // (…, 2 · R, K)
  // A low half of exactly 128 is cut to 127: a 65,000th of the peak.
  const shifted = graph.add(graph.op('Clip', [halves, graph.scalar(-128), graph.scalar(127)]), graph.scalar(128));
  const bytes = graph.op('Cast', [shifted], { to: dataTypes.uint8 });
  const zero = graph.op('Cast', [graph.scalar(128)], { to: dataTypes.uint8 });
  const sums = graph.op('Cast', [graph.op('MatMulInteger', [bytes, codes, zero, zero])], { to: dataTypes.float });
  const [highSums, lowSums] = [`${name}_high`, `${name}_low`];
  graph.ops('Split', [sums], { axis: -2, num_outputs: 2 }, [highSums, lowSums]);
  return graph.mul(graph.add(graph.mul(highSums, graph.scalar(HALF)), lowSums), step);
}
