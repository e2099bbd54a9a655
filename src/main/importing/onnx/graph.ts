/**
 * An ONNX graph while it is being built: operators in order, weights as recipes that are poured later.
 * Values are their names. Linear layers work on rows: (R, in) -> (R, out), with the checkpoint's own (out, in) weights.
 */
import type { WeightFormat } from '../../models/bundleManifest.ts';
import {
  type Attribute,
  type DataType,
  type Dim,
  dataTypes,
  type Node,
  type ValueInfo,
} from '../../models/onnxProto.ts';
import { computedWeight, rowSize, type Weight } from '../checkpoint/weights.ts';
import { type DataBlock, floatBlock, halfBlock, int64Block, quantizedBlock } from './dataBlock.ts';
import { firstRowOf, rowSlices, rowSlicesLike } from './rowSlices.ts';

/** Operators that ONNX Runtime adds to the standard ones. */
const contribOps = new Set(['FastGelu', 'Gelu', 'MatMulNBits', 'QuickGelu', 'RotaryEmbedding']);

export interface WeightOptions {
  format: WeightFormat;
  /** Values per scale of int8 and int4. */
  blockSize: number;
  /** Bytes of one matrix as it is computed with; what is larger becomes several. 1 GiB when left out. */
  largestMatrix?: number;
}

export class Graph {
  readonly name: string;
  readonly options: WeightOptions;
  readonly nodes: Node[] = [];
  readonly inputs: ValueInfo[] = [];
  readonly outputs: ValueInfo[] = [];
  readonly blocks: DataBlock[] = [];
  readonly #known = new Map<string, string>();

  constructor(name: string, options: WeightOptions) {
    this.name = name;
    this.options = options;
  }

  input(name: string, type: DataType, dims: Dim[]): string {
    this.inputs.push({ name, type, dims });
    return name;
  }

  /** Declares a value that some operator already gives this name. */
  output(name: string, type: DataType, dims: Dim[]): void {
    this.outputs.push({ name, type, dims });
  }

  /** Adds an operator; the empty string leaves out an optional input. Gives its (first) output. */
  op(opType: string, inputs: string[], attributes: Record<string, Attribute> = {}, output?: string): string {
    return this.ops(opType, inputs, attributes, [output ?? this.#fresh(opType)])[0] as string;
  }

  /** As `op`, with every output named; the empty string leaves one out. */
  ops(opType: string, inputs: string[], attributes: Record<string, Attribute>, outputs: string[]): string[] {
    const domain = contribOps.has(opType) ? 'com.microsoft' : '';
    this.nodes.push({ opType, domain, name: this.#fresh(`node_${opType}`), inputs, outputs, attributes });
    return outputs;
  }

  /** A weight that stays fp32 in every format: norms, biases, tables, small layers. */
  floats(weight: Weight): string {
    return this.#once(weight.name, () => {
      this.blocks.push(floatBlock(weight));
      return weight.name;
    });
  }

  /** A large weight that is not packed (convolutions, embeddings): stored fp16 in every format but fp32. */
  tensor(weight: Weight): string {
    if (this.options.format === 'fp32') return this.floats(weight);
    // Stored as fp16, computed as fp32: ONNX Runtime folds the cast while it loads the graph.
    return this.#once(weight.name, () => {
      const half = `${weight.name}.fp16`;
      this.blocks.push(halfBlock(weight, half));
      return this.op('Cast', [half], { to: dataTypes.float }, weight.name);
    });
  }

  values(name: string, shape: number[], values: Float32Array<ArrayBuffer>): string {
    return this.floats(computedWeight(name, shape, async () => values));
  }

  scalar(value: number): string {
    return this.values(`scalar_${value}`, [], new Float32Array([value]));
  }

  ints(values: number[], dims: number[] = [values.length]): string {
    const name = `ints_${dims.length === 0 ? 'scalar_' : ''}${values.join('_')}`;
    return this.#once(name, () => {
      this.blocks.push(int64Block(name, dims, values));
      return name;
    });
  }

  /** 0 keeps a size, -1 takes what is left. */
  reshape(x: string, shape: number[], output?: string): string {
    return this.op('Reshape', [x, this.ints(shape)], {}, output);
  }

  transpose(x: string, perm: number[]): string {
    return this.op('Transpose', [x], { perm });
  }

  add(a: string, b: string): string {
    return this.op('Add', [a, b]);
  }

  mul(a: string, b: string): string {
    return this.op('Mul', [a, b]);
  }

  /** x[start:end:1] along one axis. */
  slice(x: string, axis: number, start: number, end: number): string {
    return this.op('Slice', [x, this.ints([start]), this.ints([end]), this.ints([axis])]);
  }

  /** x in two along one axis; `counts` (2) are sizes that are known only at run time. */
  split(x: string, axis: number, counts: string, outputs: [string, string]): [string, string] {
    this.ops('Split', [x, counts], { axis }, outputs);
    return outputs;
  }

  /** x · sigmoid(x). */
  silu(x: string): string {
    return this.op('QuickGelu', [x], { alpha: { float: 1 } });
  }

  layerNorm(
    x: string,
    { weight, bias, epsilon }: { weight: Weight; bias: Weight; epsilon: number },
    output?: string,
  ): string {
    const inputs = [x, this.floats(weight), this.floats(bias)];
    return this.op('LayerNormalization', inputs, { axis: -1, epsilon: { float: epsilon } }, output);
  }

  /** (R, in) · (out, in)ᵀ + bias -> (R, out). `exact` layers (small, or sensitive as a router) stay fp32. */
  linear(x: string, weight: Weight, bias: Weight | null, options: { exact?: boolean; output?: string } = {}): string {
    const { format, blockSize } = this.options;
    const quantized = (format === 'int8' || format === 'int4') && !options.exact && rowSize(weight) >= blockSize;
    const bits = quantized ? { int8: 8, int4: 4 }[format] : 32;
    const slices = rowSlices(weight, bits, this.options.largestMatrix);
    if (slices.length > 1) {
      const biases = bias && rowSlicesLike(bias, slices);
      const parts = slices.map((slice, i) => this.linear(x, slice, biases?.[i] ?? null, { exact: options.exact }));
      return this.op('Concat', parts, { axis: -1 }, options.output);
    }
    if (quantized) {
      const packed = { weight, bits: format === 'int4' ? 4 : 8 } as const;
      if (!bias) return this.#matMulNBits(x, packed, options.output);
      return this.op('Add', [this.#matMulNBits(x, packed), this.floats(bias)], {}, options.output);
    }
    const matrix = options.exact ? this.floats(weight) : this.tensor(weight);
    const inputs = [x, matrix, ...(bias ? [this.floats(bias)] : [])];
    return this.op('Gemm', inputs, { transB: 1 }, options.output);
  }

  /** Rows of a table (R, C) by their numbers: ids (B, L) -> (B, L, C). */
  lookUp(ids: string, table: Weight): string {
    const slices = rowSlices(table, 32, this.options.largestMatrix);
    let found = '';
    slices.forEach((slice, i) => {
      if (slices.length === 1) found = this.op('Gather', [this.tensor(slice), ids], { axis: 0 });
      else found = this.#lookUpInSlice(ids, { slice, first: firstRowOf(i, slices), before: found });
    });
    return found;
  }

  /** @param slice its rows begin at `first`; ids that are not its own keep what was found before, if anything was */
  #lookUpInSlice(ids: string, { slice, first, before }: { slice: Weight; first: number; before: string }): string {
    const own = this.op('Sub', [ids, this.ints([first], [])]);
    const inside = this.op('Clip', [own, this.ints([0], []), this.ints([(slice.shape[0] ?? 1) - 1], [])]);
    const rows = this.op('Gather', [this.tensor(slice), inside], { axis: 0 });
    if (before === '') return rows;
    return this.op('Where', [this.reshape(this.op('Equal', [own, inside]), [0, 0, 1]), rows, before]);
  }

  #matMulNBits(x: string, { weight, bits }: { weight: Weight; bits: 4 | 8 }, output?: string): string {
    const { blockSize } = this.options;
    const block = quantizedBlock(weight, bits, blockSize);
    const names = block.parts.map((part) => part.name);
    this.#once(`${weight.name}.codes`, () => {
      this.blocks.push(block);
      return weight.name;
    });
    const attributes = {
      K: rowSize(weight),
      N: weight.shape[0] ?? 0,
      bits,
      block_size: blockSize,
      accuracy_level: 4,
    };
    return this.op('MatMulNBits', [x, ...names], attributes, output);
  }

  #once(name: string, make: () => string): string {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const made = make();
    this.#known.set(name, made);
    return made;
  }

  #fresh(what: string): string {
    const count = Number(this.#known.get(`#${what}`) ?? '0');
    this.#known.set(`#${what}`, String(count + 1));
    return `${what}_${count}`;
  }
}
