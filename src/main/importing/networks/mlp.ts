/** The reference's two-layer MLP, numbered as nn.Sequential does. Source: VideoLLaMA2 `model/projector.py`, build_mlp. */
import type { Scope } from './scope.ts';

/** Linear, GELU, Linear: (R, in) -> (R, out). */
export function mlp(layers: Scope, x: string, [inSize, outSize]: [number, number], output: string): string {
  const hidden = layers.graph.op('Gelu', [layers.linear('0', x, [inSize, outSize])]);
  return layers.linear('2', hidden, [outSize, outSize], { output });
}
