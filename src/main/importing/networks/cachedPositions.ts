/** What every layer of a decoder knows about positions: rotary tables, and which position sees which. */
import type { LanguageArchitecture } from '../../models/bundleManifest.ts';
import { computedWeight } from '../checkpoint/weights.ts';
import type { Graph } from '../onnx/graph.ts';

export interface CachedPositions {
  /** Of the s new positions: (1, s). */
  ids: string;
  /** Rotary tables: (maxPositions, headDim / 2) each. */
  cos: string;
  sin: string;
  /** [capacity, s]: how many positions are cached room and how many are new. */
  counts: string;
  /** (s, capacity + s): 0 where the query sees the key, else far below any score. The same value for equal windows. */
  bias(window: number | null): string;
}

/** Behind every position that a query can have: the cache's room that is not filled. */
const nowhere = 2 ** 40;
/** Its exponential is 0 beside any score, and it is finite itself. */
const unseen = -1e30;

export function cachedPositions(graph: Graph, language: LanguageArchitecture): CachedPositions {
  const count = graph.op('Shape', ['inputs_embeds'], { start: 1, end: 2 });
  const capacity = graph.op('Shape', ['past_key_values.0.value'], { start: 2, end: 3 });
  const ids = graph.add('past_length', upTo(graph, count)); // (s)
  const room = upTo(graph, capacity); // (capacity)
  const filled = graph.op('Where', [graph.op('Less', [room, 'past_length']), room, graph.ints([nowhere], [])]);
  const keys = graph.reshape(graph.op('Concat', [filled, ids], { axis: 0 }), [1, -1]); // (1, capacity + s)
  const queries = graph.reshape(ids, [-1, 1]); // (s, 1)

  const biases = new Map<number | null, string>();
  const biasOf = (window: number | null) => {
    const behind = graph.op('LessOrEqual', [keys, queries]);
    const near = window && graph.op('Less', [graph.op('Sub', [queries, keys]), graph.ints([window], [])]);
    const seen = near ? graph.op('And', [behind, near]) : behind;
    return graph.op('Where', [seen, graph.scalar(0), graph.scalar(unseen)]);
  };
  return {
    ids: graph.reshape(ids, [1, -1]),
    ...rotaryTables(graph, language),
    counts: graph.op('Concat', [capacity, count], { axis: 0 }),
    bias(window) {
      const bias = biases.get(window) ?? biasOf(window);
      biases.set(window, bias);
      return bias;
    },
  };
}

/** 0 … count - 1, of a count in a tensor (1). */
function upTo(graph: Graph, count: string): string {
  return graph.op('Range', [graph.ints([0], []), graph.reshape(count, []), graph.ints([1], [])]);
}

/** Computed in 32-bit floats as the reference does. */
function rotaryTables(graph: Graph, { maxPositions, headDim, ropeTheta }: LanguageArchitecture) {
  const half = headDim / 2;
  const table = (of: (angle: number) => number) => async () => {
    const values = new Float32Array(maxPositions * half);
    for (let i = 0; i < half; i++) {
      const frequency = Math.fround(1 / Math.fround(ropeTheta ** Math.fround((2 * i) / headDim)));
      for (let position = 0; position < maxPositions; position++)
        values[position * half + i] = of(Math.fround(position * frequency));
    }
    return values;
  };
  return {
    cos: graph.floats(computedWeight('cos_cache', [maxPositions, half], table(Math.cos))),
    sin: graph.floats(computedWeight('sin_cache', [maxPositions, half], table(Math.sin))),
  };
}
