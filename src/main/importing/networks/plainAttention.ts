/**
 * Attention of many heads in plain operators. ONNX Runtime's fused MultiHeadAttention gives the same numbers on the CPU
 * in the same time (`bench/towerAttention.ts`), and wrong ones on WebGPU (1.30) from 32 positions on, without an error.
 */
import type { Graph } from '../onnx/graph.ts';

export interface AttentionInput {
  /** Rows of every sequence, one below the other: (B·S, C), or (S, C) when all B sequences ask the same. */
  query: string;
  /** (B·P, C) each. */
  key: string;
  value: string;
  /** Positions of a sequence: S of the query, P of key and value. */
  positions: { query: number; key: number };
  width: number;
  heads: number;
  /** Added to every score, (S, P): far below any score where a query must not look. */
  mask?: string;
}

/** softmax(q · kᵀ / √d + mask) · v for every head: (B·S, C). Source: transformers, `eager_attention_forward`. */
export function plainAttention(graph: Graph, input: AttentionInput): string {
  const { positions, width, heads } = input;
  const headDim = Math.floor(width / heads); // a width that the heads do not divide is a problem named elsewhere
  const byHead = (rows: string, count: number, perm: number[]) =>
    graph.transpose(graph.reshape(rows, [-1, count, heads, headDim]), perm);
  const query = byHead(graph.mul(input.query, graph.scalar(headDim ** -0.5)), positions.query, [0, 2, 1, 3]);
  const key = byHead(input.key, positions.key, [0, 2, 3, 1]); // (B, H, d, P)
  const value = byHead(input.value, positions.key, [0, 2, 1, 3]); // (B, H, P, d)
  const scores = graph.op('MatMul', [query, key]); // (B, H, S, P)
  const masked = input.mask === undefined ? scores : graph.add(scores, input.mask);
  const shares = graph.op('Softmax', [masked], { axis: -1 });
  const attended = graph.transpose(graph.op('MatMul', [shares, value]), [0, 2, 1, 3]); // (B, S, H, d)
  return graph.reshape(attended, [-1, width]);
}

/** (S, S): 0 where a query sees a position (itself and those before it), else a score whose exponential is 0. */
export function causalMask(graph: Graph, positions: number): string {
  const mask = new Float32Array(positions * positions);
  for (let query = 0; query < positions; query++)
    mask.fill(-1e30, query * positions + query + 1, (query + 1) * positions);
  return graph.values(`causal_mask_${positions}`, [positions, positions], mask);
}
