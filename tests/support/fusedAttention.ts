import { Graph } from '../../src/main/importing/onnx/graph.ts';

/**
 * ONNX Runtime's own attention, which the importer does not write: on SwiftShader's WebGPU (ONNX Runtime 1.30) it gives
 * wrong numbers from 32 positions on, without an error. query, key, value (1, S, C) -> out (1, S, C).
 */
export function fusedAttention(positions: number, heads: number, headDim: number): Graph {
  const graph = new Graph('fused', { format: 'fp32', blockSize: 32 });
  const dims = [1, positions, heads * headDim];
  graph.nodes.push({
    opType: 'MultiHeadAttention',
    domain: 'com.microsoft',
    name: 'attention',
    inputs: ['query', 'key', 'value'].map((name) => graph.input(name, 'float', dims)),
    outputs: ['out'],
    attributes: { num_heads: heads },
  });
  graph.output('out', 'float', dims);
  return graph;
}
