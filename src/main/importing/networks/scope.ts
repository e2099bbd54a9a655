/**
 * A module of a checkpoint while its graph is being built: graph, weights and the prefix of their names travel as one,
 * so that a network reads like the PyTorch that it mirrors. Values are rows: (R, in) -> (R, out).
 */

import type { Attribute } from '../../models/onnxProto.ts';
import { reshapeRows, type Weight, type Weights } from '../checkpoint/weights.ts';
import type { Graph } from '../onnx/graph.ts';

export interface LinearOptions {
  /** True when left out. */
  bias?: boolean;
  /** Small or sensitive: fp32 in every format. */
  exact?: boolean;
  /** The name of the result, where it is an output of the graph. */
  output?: string;
}

export interface NormSizes {
  width: number;
  epsilon: number;
}

export class Scope {
  readonly graph: Graph;
  readonly #weights: Weights;
  readonly #prefix: string;

  /** @param prefix of all names in it, with the dot at its end; empty for the whole checkpoint */
  constructor(graph: Graph, weights: Weights, prefix = '') {
    this.graph = graph;
    this.#weights = weights;
    this.#prefix = prefix;
  }

  /** The module of this name in it, as of `nn.Module`: "self_attn", or a number in a list. */
  at(name: string | number): Scope {
    return new Scope(this.graph, this.#weights, `${this.#prefix}${name}.`);
  }

  /** The full name of what is called `name` in it. */
  nameOf(name: string): string {
    return `${this.#prefix}${name}`;
  }

  has(name: string): boolean {
    return this.#weights.has(this.nameOf(name));
  }

  /** A weight of this shape; when it is missing or another, that becomes a problem and planning goes on. */
  weight(name: string, shape: number[]): Weight {
    return this.#weights.get(this.nameOf(name), shape);
  }

  /** `nn.Linear(inSize, outSize)`. */
  linear(name: string, x: string, [inSize, outSize]: [number, number], options: LinearOptions = {}): string {
    const weight = this.weight(`${name}.weight`, [outSize, inSize]);
    return this.graph.linear(x, weight, this.#bias(name, outSize, options), options);
  }

  /** `nn.Conv2d(inSize, outSize, kernel_size=1)` over rows: a linear layer whose weight is stored as (out, in, 1, 1). */
  pointwise(name: string, x: string, [inSize, outSize]: [number, number], options: LinearOptions = {}): string {
    const weight = reshapeRows(this.weight(`${name}.weight`, [outSize, inSize, 1, 1]), [outSize, inSize]);
    return this.graph.linear(x, weight, this.#bias(name, outSize, options), options);
  }

  /**
   * A convolution, without a bias unless `bias` says so: x (B, in, …) -> (B, out, …).
   * @param shape (out, in / group, kernel…)
   */
  conv(
    name: string,
    x: string,
    shape: number[],
    { bias = false, ...attributes }: { bias?: boolean } & Record<string, Attribute | boolean>,
  ): string {
    const kernel = this.graph.tensor(this.weight(`${name}.weight`, shape));
    const biases = bias ? [this.graph.floats(this.weight(`${name}.bias`, shape.slice(0, 1)))] : [];
    const all = { kernel_shape: shape.slice(2), ...(attributes as Record<string, Attribute>) };
    return this.graph.op('Conv', [x, kernel, ...biases], all);
  }

  /** `nn.LayerNorm(width)`. */
  layerNorm(name: string, x: string, { width, epsilon }: NormSizes, output?: string): string {
    const [weight, bias] = [this.weight(`${name}.weight`, [width]), this.weight(`${name}.bias`, [width])];
    return this.graph.layerNorm(x, { weight, bias, epsilon }, output);
  }

  /** x / rms(x) · weight. */
  rmsNorm(name: string, x: string, { width, epsilon }: NormSizes): string {
    const weight = this.graph.floats(this.weight(`${name}.weight`, [width]));
    return this.graph.op('SimplifiedLayerNormalization', [x, weight], {
      axis: -1,
      epsilon: { float: epsilon },
      stash_type: 1,
    });
  }

  #bias(name: string, outSize: number, { bias = true }: LinearOptions): Weight | null {
    return bias ? this.weight(`${name}.bias`, [outSize]) : null;
  }
}
