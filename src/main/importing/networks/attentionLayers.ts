/**
 * The pre-norm transformer layers that CLIP and SigLIP share, vision and text alike.
 * Source: transformers `models/clip/modeling_clip.py`, `models/siglip/modeling_siglip.py`.
 */
import type { VisionArchitecture } from '../../models/bundleManifest.ts';
import type { Graph } from '../onnx/graph.ts';
import { causalMask, plainAttention } from './plainAttention.ts';
import type { Scope } from './scope.ts';

type Activation = NonNullable<VisionArchitecture['activation']>;

/** What the layers of a tower or of a text half have in common. */
export interface AttentionStack {
  width: number;
  intermediateSize: number;
  heads: number;
  /** S: every sequence has this length. */
  positions: number;
  epsilon: number;
  activation: Activation;
  /** Every position sees itself and those before it. */
  causal: boolean;
}

type Half = Pick<VisionArchitecture, 'family' | 'width' | 'intermediateSize' | 'heads' | 'activation' | 'layerNormEps'>;

const published: Record<VisionArchitecture['family'], Pick<AttentionStack, 'epsilon' | 'activation'>> = {
  clip: { epsilon: 1e-5, activation: 'quick_gelu' },
  siglip: { epsilon: 1e-6, activation: 'gelu_pytorch_tanh' },
};

/** The layers of a tower or text half: as its checkpoint says, else as the published ones. */
export function attentionStack(half: Half, positions: number, causal = false): AttentionStack {
  const { family, width, intermediateSize, heads, layerNormEps, activation } = half;
  return {
    ...{ width, intermediateSize, heads, positions, causal },
    epsilon: layerNormEps ?? published[family].epsilon,
    activation: activation ?? published[family].activation,
  };
}

/** x (B·S, C) -> (B·S, C), through the layers first … last - 1. */
export function attentionLayers(layers: Scope, x: string, stack: AttentionStack, last: number): string {
  let hidden = x;
  for (let i = 0; i < last; i++) hidden = attentionLayer(layers.at(i), hidden, stack);
  return hidden;
}

function attentionLayer(layer: Scope, x: string, stack: AttentionStack): string {
  const { graph } = layer;
  const attended = graph.add(x, selfAttention(layer.at('self_attn'), layer.layerNorm('layer_norm1', x, stack), stack));
  return graph.add(attended, feedForward(layer.at('mlp'), layer.layerNorm('layer_norm2', attended, stack), stack));
}

function selfAttention(layer: Scope, x: string, stack: AttentionStack): string {
  const { graph } = layer;
  const { width, heads, positions } = stack;
  const project = (name: string, from: string) => layer.linear(name, from, [width, width]);
  const attended = plainAttention(graph, {
    query: project('q_proj', x),
    key: project('k_proj', x),
    value: project('v_proj', x),
    positions: { query: positions, key: positions },
    width,
    heads,
    mask: stack.causal ? causalMask(graph, positions) : undefined,
  });
  return project('out_proj', attended); // (B·S, C)
}

/** fc1, activation, fc2: (R, C) -> (R, C). */
export function feedForward(layer: Scope, x: string, stack: AttentionStack): string {
  const { width, intermediateSize, activation } = stack;
  const up = layer.linear('fc1', x, [width, intermediateSize]);
  return layer.linear('fc2', activate(layer.graph, up, activation), [intermediateSize, width]);
}

function activate(graph: Graph, x: string, activation: Activation): string {
  if (activation === 'quick_gelu') return graph.op('QuickGelu', [x], { alpha: { float: 1.702 } });
  return graph.op(activation === 'gelu' ? 'Gelu' : 'FastGelu', [x]);
}
