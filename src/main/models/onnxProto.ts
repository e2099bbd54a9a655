/**
 * The part of the ONNX file format that a graph needs, written message by message.
 * Field numbers: onnx/onnx.proto (onnx/onnx). Of a checkpoint only the weights' places pass through
 * here; a small network's weights stand in the file itself (`raw`).
 */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

export const dataTypes = { float: 1, uint8: 2, int32: 6, int64: 7, bool: 9, float16: 10 } as const;
export type DataType = keyof typeof dataTypes;
export const dataTypeBytes: Record<DataType, number> = { float: 4, uint8: 1, int32: 4, int64: 8, bool: 1, float16: 2 };

/** A number is a fixed size, a string the name of a size that is known when the graph runs. */
export type Dim = number | string;

export interface ValueInfo {
  name: string;
  type: DataType;
  dims: Dim[];
}

/** What shape an output has, ONNX Runtime finds out where it is not said. */
export type OutputInfo = Omit<ValueInfo, 'dims'> & { dims?: Dim[] };

/** Whole numbers are ints; write a float as { float: 1 }. */
export type Attribute = number | string | number[] | { float: number };

export interface Node {
  opType: string;
  domain: string;
  name: string;
  inputs: string[];
  outputs: string[];
  attributes: Record<string, Attribute>;
}

export interface Initializer {
  name: string;
  type: DataType;
  dims: number[];
  data: { raw: Uint8Array } | { location: string; offset: number; length: number };
}

export interface Model {
  producer: string;
  opsets: { domain: string; version: number }[];
  graph: { name: string; nodes: Node[]; inputs: ValueInfo[]; outputs: OutputInfo[]; initializers: Initializer[] };
}

const irVersion = 10;

export function encodeModel(model: Model): Uint8Array {
  const writer = new BinaryWriter();
  int(writer, 1, irVersion);
  text(writer, 2, model.producer);
  message(writer, 7, () => encodeGraph(writer, model.graph));
  for (const opset of model.opsets)
    message(writer, 8, () => {
      text(writer, 1, opset.domain);
      int(writer, 2, opset.version);
    });
  return writer.finish();
}

function encodeGraph(writer: BinaryWriter, graph: Model['graph']): void {
  for (const node of graph.nodes) message(writer, 1, () => encodeNode(writer, node));
  text(writer, 2, graph.name);
  for (const initializer of graph.initializers) message(writer, 5, () => encodeTensor(writer, initializer));
  for (const value of graph.inputs) message(writer, 11, () => encodeValueInfo(writer, value));
  for (const value of graph.outputs) message(writer, 12, () => encodeValueInfo(writer, value));
}

function encodeNode(writer: BinaryWriter, node: Node): void {
  for (const input of node.inputs) text(writer, 1, input);
  for (const output of node.outputs) text(writer, 2, output);
  text(writer, 3, node.name);
  text(writer, 4, node.opType);
  for (const [name, value] of Object.entries(node.attributes))
    message(writer, 5, () => encodeAttribute(writer, name, value));
  text(writer, 7, node.domain);
}

function encodeAttribute(writer: BinaryWriter, name: string, value: Attribute): void {
  const kinds = { float: 1, int: 2, string: 3, ints: 7 };
  text(writer, 1, name);
  if (typeof value === 'number') {
    int(writer, 3, value);
    int(writer, 20, kinds.int);
  } else if (typeof value === 'string') {
    text(writer, 4, value);
    int(writer, 20, kinds.string);
  } else if (Array.isArray(value)) {
    for (const item of value) int(writer, 8, item);
    int(writer, 20, kinds.ints);
  } else {
    writer.tag(2, WireType.Bit32).float(value.float);
    int(writer, 20, kinds.float);
  }
}

function encodeTensor(writer: BinaryWriter, tensor: Initializer): void {
  for (const size of tensor.dims) int(writer, 1, size);
  int(writer, 2, dataTypes[tensor.type]);
  text(writer, 8, tensor.name);
  if ('raw' in tensor.data) {
    writer.tag(9, WireType.LengthDelimited).bytes(tensor.data.raw);
    return;
  }
  for (const [key, value] of Object.entries(tensor.data))
    message(writer, 13, () => {
      text(writer, 1, key);
      text(writer, 2, String(value));
    });
  int(writer, 14, 1); // data_location = EXTERNAL
}

function encodeValueInfo(writer: BinaryWriter, value: OutputInfo): void {
  text(writer, 1, value.name);
  message(writer, 2, () =>
    message(writer, 1, () => {
      int(writer, 1, dataTypes[value.type]);
      const { dims } = value;
      if (dims === undefined) return;
      message(writer, 2, () => {
        for (const dim of dims)
          message(writer, 1, () => (typeof dim === 'number' ? int(writer, 1, dim) : text(writer, 2, dim)));
      });
    }),
  );
}

function message(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write();
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function int(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, WireType.Varint).int64(value);
}
