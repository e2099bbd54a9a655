/**
 * Reads the ONNX files that `onnxProto.ts` writes: graphs of our own, not any graph.
 * Field numbers: onnx/onnx.proto (onnx/onnx).
 */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import {
  type Attribute,
  type DataType,
  type Dim,
  dataTypes,
  type Initializer,
  type Model,
  type Node,
  type OutputInfo,
} from './onnxProto.ts';

/** @throws Error naming what it does not know */
export function decodeModel(bytes: Uint8Array): Model {
  const model = new Message(bytes, [1, 2, 7, 8]);
  const [graph] = model.messages(7, [1, 2, 5, 11, 12]);
  if (!graph) throw new Error('this ONNX file holds no graph');
  return {
    producer: model.text(2),
    opsets: model.messages(8, [1, 2]).map((opset) => ({ domain: opset.text(1), version: opset.int(2) })),
    graph: {
      name: graph.text(2),
      nodes: graph.messages(1, [1, 2, 3, 4, 5, 7]).map(nodeOf),
      inputs: graph.messages(11, [1, 2]).map((value) => ({ dims: [], ...valueInfoOf(value) })),
      outputs: graph.messages(12, [1, 2]).map(valueInfoOf),
      initializers: graph.messages(5, [1, 2, 8, 9, 13, 14]).map(tensorOf),
    },
  };
}

/** One message: the values of each of its fields, in their order. */
class Message {
  readonly #values = new Map<number, (bigint | number | Uint8Array)[]>();

  /** @param known fields; another one is refused, since it would be lost when the file is written again */
  constructor(bytes: Uint8Array, known: readonly number[]) {
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len) {
      const [field, type] = reader.tag();
      if (!known.includes(field)) throw new Error(`this ONNX file holds what Playhead does not write (field ${field})`);
      const values = this.#values.get(field) ?? [];
      values.push(valueIn(reader, type));
      this.#values.set(field, values);
    }
  }

  messages(field: number, known: readonly number[]): Message[] {
    return this.#of(field).map((bytes) => new Message(bytes as Uint8Array, known));
  }

  texts(field: number): string[] {
    return this.#of(field).map((bytes) => Buffer.from(bytes as Uint8Array).toString('utf8'));
  }

  ints(field: number): number[] {
    return this.#of(field).map(Number);
  }

  text(field: number): string {
    return this.texts(field)[0] ?? '';
  }

  int(field: number): number {
    return this.ints(field)[0] ?? 0;
  }

  bytes(field: number): Uint8Array {
    return (this.#of(field)[0] as Uint8Array | undefined) ?? new Uint8Array();
  }

  has(field: number): boolean {
    return this.#values.has(field);
  }

  #of(field: number): (bigint | number | Uint8Array)[] {
    return this.#values.get(field) ?? [];
  }
}

function valueIn(reader: BinaryReader, type: WireType): bigint | number | Uint8Array {
  if (type === WireType.Varint) return BigInt(reader.int64());
  if (type === WireType.Bit32) return reader.float();
  if (type === WireType.LengthDelimited) return reader.bytes();
  throw new Error(`this ONNX file holds what Playhead does not write (wire type ${type})`);
}

function nodeOf(node: Message): Node {
  const attributes = node.messages(5, [1, 2, 3, 4, 8, 20]).map((each) => [each.text(1), attributeOf(each)]);
  return {
    opType: node.text(4),
    domain: node.text(7),
    name: node.text(3),
    inputs: node.texts(1),
    outputs: node.texts(2),
    attributes: Object.fromEntries(attributes),
  };
}

function attributeOf(attribute: Message): Attribute {
  if (attribute.has(2)) return { float: attribute.int(2) };
  if (attribute.has(3)) return attribute.int(3);
  if (attribute.has(4)) return attribute.text(4);
  return attribute.ints(8);
}

function tensorOf(tensor: Message): Initializer {
  const place = Object.fromEntries(tensor.messages(13, [1, 2]).map((entry) => [entry.text(1), entry.text(2)]));
  const { location, offset, length } = place;
  return {
    name: tensor.text(8),
    type: typeOf(tensor.int(2)),
    dims: tensor.ints(1),
    data:
      location === undefined ? { raw: tensor.bytes(9) } : { location, offset: Number(offset), length: Number(length) },
  };
}

function valueInfoOf(value: Message): OutputInfo {
  const [type] = value.messages(2, [1]);
  const [tensor] = type?.messages(1, [1, 2]) ?? [];
  const [shape] = tensor?.messages(2, [1]) ?? [];
  const named = { name: value.text(1), type: typeOf(tensor?.int(1) ?? 0) };
  return shape ? { ...named, dims: shape.messages(1, [1, 2]).map(dimOf) } : named;
}

function dimOf(dim: Message): Dim {
  return dim.has(2) ? dim.text(2) : dim.int(1);
}

function typeOf(code: number): DataType {
  const found = Object.entries(dataTypes).find(([, value]) => value === code);
  if (!found) throw new Error(`this ONNX file holds a type that Playhead does not write (${code})`);
  return found[0] as DataType;
}
