import type { CachePart, KvShape } from '../../../src/main/answering/model/kvCache.ts';

type Sizes = Pick<KvShape, 'layers' | 'kvHeads' | 'headDim'>;

/** What a graph with a cache of floats asks for. */
export function floatShape(sizes: Sizes): KvShape {
  const dims = [1, sizes.kvHeads, 'capacity', sizes.headDim] as const;
  return { ...sizes, parts: ['key', 'value'].map((name) => ({ name, type: 'float32', dims })) };
}

/** What a graph with a cache of codes asks for. */
export function quantizedShape(sizes: Sizes): KvShape {
  const { kvHeads, headDim } = sizes;
  const part = (name: string, type: CachePart['type'], ...dims: CachePart['dims']): CachePart => ({
    name,
    type,
    dims: [1, kvHeads, ...dims],
  });
  const parts = [
    part('key', 'uint8', headDim, 'capacity'),
    part('value', 'uint8', 'capacity', headDim),
    part('key_scale', 'float32', 1, 'capacity'),
    part('value_scale', 'float32', 1, 'capacity'),
    part('key_center', 'float32', headDim, 1),
    part('key_spread', 'float32', 1, headDim),
  ];
  return { ...sizes, parts };
}
