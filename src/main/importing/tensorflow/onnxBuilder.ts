/** The ONNX graph while it is being built, and the two orders of axes in which a value can be asked for. */
import {
  type Attribute,
  dataTypes,
  type Initializer,
  type Model,
  type Node,
  type OutputInfo,
  type ValueInfo,
} from '../../models/onnxProto.ts';
import { type Constant, type ConstantData, countOf } from './storedWeights.ts';
import { toChannelsFirst, toPlain, type Value, type ValueType } from './value.ts';

const opset = 18;

export class OnnxBuilder {
  readonly nodes: Node[] = [];
  readonly inputs: ValueInfo[] = [];
  readonly outputs: OutputInfo[] = [];
  readonly #initializers = new Map<string, Initializer>();
  #scope = '';
  #count = 0;

  /** What is added from here on is named after this operator of TensorFlow's. */
  enter(scope: string): void {
    this.#scope = scope;
  }

  /** Adds an operator; the empty string leaves out an optional input. @returns the name of its output */
  op(opType: string, inputs: string[], attributes: Record<string, Attribute> = {}): string {
    return this.ops(opType, inputs, attributes, 1)[0] as string;
  }

  /** As `op`, with several outputs. */
  ops(opType: string, inputs: string[], attributes: Record<string, Attribute>, outputs: number): string[] {
    const name = this.#fresh(opType);
    const names = Array.from({ length: outputs }, (_, i) => (i === 0 ? name : `${name}:${i}`));
    this.nodes.push({ opType, domain: '', name, inputs, outputs: names, attributes });
    return names;
  }

  cast(name: string, type: keyof typeof dataTypes): string {
    return this.op('Cast', [name], { to: dataTypes[type] });
  }

  /** Declares an output under a name of its own. */
  output(name: string, from: string, type: ValueType): void {
    const isWhole = type === 'int64';
    // TensorFlow's whole numbers are 32 bits wide, and so are those that come out.
    const attributes: Record<string, Attribute> = isWhole ? { to: dataTypes.int32 } : {};
    const opType = isWhole ? 'Cast' : 'Identity';
    this.nodes.push({ opType, domain: '', name: `${name}/output`, inputs: [from], outputs: [name], attributes });
    this.outputs.push({ name, type: isWhole ? 'int32' : type });
  }

  constant(constant: Constant, name = this.#fresh('constant')): string {
    this.#initializers.set(name, {
      name,
      type: typeOfData(constant.data),
      dims: constant.dims,
      data: { raw: new Uint8Array(constant.data.buffer) },
    });
    return name;
  }

  /** A list of whole numbers, such as axes and sizes; `dims` [] makes a scalar of one. */
  ints(values: readonly number[], dims: number[] = [values.length]): string {
    const name = `ints_${dims.length === 0 ? 'scalar_' : ''}${values.join('_')}`;
    if (this.#initializers.has(name)) return name;
    return this.constant({ dims, data: BigInt64Array.from(values, BigInt) }, name);
  }

  float(value: number): string {
    const name = `float_${value}`;
    if (this.#initializers.has(name)) return name;
    return this.constant({ dims: [], data: new Float32Array([value]) }, name);
  }

  /** The value in TensorFlow's order of axes. */
  plain(value: Value): string {
    if (value.plain === undefined && value.constant) value.plain = this.constant(value.constant);
    value.plain ??= this.transpose(value.channelsFirst as string, toPlain);
    return value.plain;
  }

  /** A picture as (N, C, H, W). */
  channelsFirst(value: Value): string {
    value.channelsFirst ??= this.transpose(this.plain(value), toChannelsFirst);
    return value.channelsFirst;
  }

  /** A picture in the order in which it is there already. */
  eitherOrder(value: Value): string {
    return value.channelsFirst ?? this.plain(value);
  }

  transpose(name: string, perm: readonly number[]): string {
    return this.op('Transpose', [name], { perm: [...perm] });
  }

  reshape(name: string, dims: readonly number[]): string {
    return this.op('Reshape', [name, this.ints(dims)]);
  }

  /** Sizes along the axes in TensorFlow's order, as int64. */
  shape(value: Value): string {
    if (value.plain !== undefined || !value.channelsFirst) return this.op('Shape', [this.plain(value)]);
    return this.op('Gather', [this.op('Shape', [value.channelsFirst]), this.ints(toPlain)]);
  }

  model(name: string): Model {
    const { nodes, inputs, outputs } = this;
    const used = new Set(nodes.flatMap((node) => node.inputs));
    const initializers = [...this.#initializers.values()].filter((initializer) => used.has(initializer.name));
    return {
      producer: 'playhead',
      opsets: [{ domain: '', version: opset }],
      graph: { name, nodes, inputs, outputs, initializers },
    };
  }

  #fresh(what: string): string {
    return `${this.#scope}/${what}_${this.#count++}`;
  }
}

function typeOfData(data: ConstantData): ValueType {
  if (data instanceof BigInt64Array) return 'int64';
  return data instanceof Uint8Array ? 'bool' : 'float';
}

/** A constant with its axes in another order. */
export function transposeConstant({ dims, data }: Constant, perm: readonly number[]): Constant {
  const strides = dims.map((_, axis) => countOf(dims.slice(axis + 1)));
  const outDims = perm.map((axis) => dims[axis] as number);
  const outStrides = perm.map((axis) => strides[axis] as number);
  const out = data.slice();
  const index = perm.map(() => 0);
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = data[from] as never;
    for (let axis = perm.length - 1; axis >= 0; axis--) {
      from += outStrides[axis] as number;
      index[axis] = (index[axis] as number) + 1;
      if ((index[axis] as number) < (outDims[axis] as number)) break;
      from -= (outStrides[axis] as number) * (outDims[axis] as number);
      index[axis] = 0;
    }
  }
  return { dims: outDims, data: out };
}
