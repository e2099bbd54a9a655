/**
 * The pre-norm transformer layers that CLIP and SigLIP share, vision and text alike.
 * Source: transformers `models/clip/modeling_clip.py`, `models/siglip/modeling_siglip.py`.
 */
import type { VisionArchitecture } from '../../core/model/bundleManifest.ts';
import type { Weights } from '../checkpoint/weights.ts';
import type { Graph } from '../onnx/graph.ts';
import { causalMask, plainAttention } from './plainAttention.ts';

export interface AttentionStack {
  /** Up to and with ".layers." */
  prefix: string;
  width: number;
  intermediateSize: number;
  heads: number;
  /** S: every sequence has this length. */
  positions: number;
  epsilon: number;
  activation: NonNullable<VisionArchitecture['activation']>;
  /** Every position sees itself and those before it. */
  causal: boolean;
}
type LayerStyle = Pick<AttentionStack, 'epsilon' | 'activation'>;

const published: Record<VisionArchitecture['family'], LayerStyle> = {
  clip: { epsilon: 1e-5, activation: 'quick_gelu' },
  siglip: { epsilon: 1e-6, activation: 'gelu_pytorch_tanh' },
};

/** How the layers of a tower or of a text half compute: as its checkpoint says, else as the published ones. */
export function layerStyle({
  family,
  activation,
  layerNormEps,
}: Pick<VisionArchitecture, 'family' | 'activation' | 'layerNormEps'>): LayerStyle {
  return { epsilon: layerNormEps ?? published[family].epsilon, activation: activation ?? published[family].activation };
}

/** The norm of this name, as wide as the tower or text half that it stands in. */
export function layerNorm(
  graph: Graph,
  weights: Weights,
  x: string,
  name: string,
  half: Parameters<typeof layerStyle>[0] & { width: number },
): string {
  const [weight, bias] = [weights.get(`${name}.weight`, [half.width]), weights.get(`${name}.bias`, [half.width])];
  return graph.layerNorm(x, weight, bias, layerStyle(half).epsilon);
}

/** x (B·S, C) -> (B·S, C), through the layers first … last - 1. */
export function attentionLayers(
  graph: Graph,
  weights: Weights,
  x: string,
  stack: AttentionStack,
  last: number,
): string {
  let hidden = x;
  for (let i = 0; i < last; i++) hidden = attentionLayer(graph, weights, hidden, stack, `${stack.prefix}${i}.`);
  return hidden;
}

function attentionLayer(graph: Graph, weights: Weights, x: string, stack: AttentionStack, prefix: string): string {
  const { width, epsilon } = stack;
  const norm = (from: string, name: string) =>
    graph.layerNorm(
      from,
      weights.get(`${prefix}${name}.weight`, [width]),
      weights.get(`${prefix}${name}.bias`, [width]),
      epsilon,
    );
  const attended = graph.add(x, selfAttention(graph, weights, norm(x, 'layer_norm1'), stack, `${prefix}self_attn.`));
  return graph.add(attended, feedForward(graph, weights, norm(attended, 'layer_norm2'), stack, `${prefix}mlp.`));
}

function selfAttention(graph: Graph, weights: Weights, x: string, stack: AttentionStack, prefix: string): string {
  const { width, heads, positions } = stack;
  const project = (from: string, name: string) =>
    graph.linear(
      from,
      weights.get(`${prefix}${name}.weight`, [width, width]),
      weights.get(`${prefix}${name}.bias`, [width]),
    );
  const attended = plainAttention(graph, {
    query: project(x, 'q_proj'),
    key: project(x, 'k_proj'),
    value: project(x, 'v_proj'),
    positions: { query: positions, key: positions },
    width,
    heads,
    mask: stack.causal ? causalMask(graph, positions) : undefined,
  });
  return project(attended, 'out_proj'); // (B·S, C)
}

/** fc1, activation, fc2: (R, C) -> (R, C). */
export function feedForward(
  graph: Graph,
  weights: Weights,
  x: string,
  sizes: Pick<AttentionStack, 'width' | 'intermediateSize' | 'activation'>,
  prefix: string,
): string {
  const { width, intermediateSize: inner } = sizes;
  const up = graph.linear(
    x,
    weights.get(`${prefix}fc1.weight`, [inner, width]),
    weights.get(`${prefix}fc1.bias`, [inner]),
  );
  return graph.linear(
    activate(graph, up, sizes.activation),
    weights.get(`${prefix}fc2.weight`, [width, inner]),
    weights.get(`${prefix}fc2.bias`, [width]),
  );
}

function activate(graph: Graph, x: string, activation: AttentionStack['activation']): string {
  if (activation === 'quick_gelu') return graph.op('QuickGelu', [x], { alpha: { float: 1.702 } });
  return graph.op(activation === 'gelu' ? 'Gelu' : 'FastGelu', [x]);
}
