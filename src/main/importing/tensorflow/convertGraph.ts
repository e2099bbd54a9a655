/** A TensorFlow graph as an ONNX model: operator by operator, in the order in which they need each other. */
import { PlayheadError } from '../../../contract/errors.ts';
import { encodeModel } from '../../models/onnxProto.ts';
import type { GraphModel } from './graphModel.ts';
import { type GraphNode, shapeOf, sourcesOf, typeOf } from './graphNode.ts';
import { OnnxBuilder } from './onnxBuilder.ts';
import { controlFlow, operators } from './operators/index.ts';
import { Refusal, type Value, valueType } from './value.ts';

/** Changes with what the importer writes: a graph that an older one wrote is made again. */
export const importerVersion = 2;

/**
 * The model in ONNX's bytes. Inputs and outputs keep TensorFlow's names and order of axes, (N, H, W, C) for pictures;
 * whole numbers are int32.
 * @throws PlayheadError `model-invalid` that names every operator that is not known
 */
export function convertGraph(graph: GraphModel): Uint8Array {
  const order = inOrder(graph);
  refuseUnknown(graph, order);
  const onnx = new OnnxBuilder();
  const values = new Map<string, Value[]>();
  for (const node of order) values.set(node.name, convertNode(graph, node, { onnx, values }));
  for (const output of graph.outputs) {
    const [source] = sourcesOf({ name: '', op: '', input: [output], attr: {} });
    const value = source && values.get(source.node)?.[source.output];
    if (!value) throw refused(graph, `its output ${output} is computed by no operator`);
    onnx.output(output, onnx.plain(value), value.type);
  }
  return encodeModel(onnx.model(graph.name));
}

interface Progress {
  onnx: OnnxBuilder;
  /** Of every operator so far, all its outputs. */
  values: Map<string, Value[]>;
}

function convertNode(graph: GraphModel, node: GraphNode, { onnx, values }: Progress): Value[] {
  try {
    onnx.enter(node.name);
    if (node.op === 'Const') return [constantOf(graph, node)];
    if (node.op === 'Placeholder') return [inputOf(node, onnx)];
    const inputs = sourcesOf(node).map(({ node: from, output }) => {
      const value = values.get(from)?.[output];
      if (!value) throw new Refusal(`an input, ${from}, that no operator gives`);
      return value;
    });
    return [operators[node.op]?.({ node, inputs, onnx }) ?? []].flat();
  } catch (thrown) {
    if (thrown instanceof Refusal) throw refused(graph, `it has ${thrown.message} (${node.name})`);
    throw refused(graph, `its ${node.op} ${node.name} is not as this operator should be`, thrown);
  }
}

function constantOf(graph: GraphModel, node: GraphNode): Value {
  const constant = graph.weights.get(node.name);
  if (!constant) throw new Refusal('a constant without its numbers');
  const type =
    constant.data instanceof BigInt64Array ? 'int64' : constant.data instanceof Uint8Array ? 'bool' : 'float';
  return { type, constant, rank: constant.dims.length };
}

const inputTypes: Record<string, 'float' | 'int32' | 'bool'> = {
  DT_FLOAT: 'float',
  DT_INT32: 'int32',
  DT_INT64: 'int32', // as TensorFlow.js feeds it, which has no wider numbers
  DT_BOOL: 'bool',
};

function inputOf(node: GraphNode, onnx: OnnxBuilder): Value {
  const dims = shapeOf(node, 'shape');
  const type = inputTypes[typeOf(node, 'dtype')];
  if (!type) throw new Refusal(`an input of ${typeOf(node, 'dtype')}`);
  if (!dims) throw new Refusal('an input of unknown rank');
  const named = dims.map((size, axis) => (size >= 0 ? size : axis === 0 ? 'batch' : `${node.name}_${axis}`));
  onnx.inputs.push({ name: node.name, type, dims: named });
  const plain = type === 'int32' ? onnx.cast(node.name, 'int64') : node.name;
  return { type: valueType(typeOf(node, 'dtype')), rank: dims.length, plain };
}

/** What the outputs need, each operator after those whose results it takes. Depth first, without recursion. */
function inOrder({ nodes, outputs }: GraphModel): GraphNode[] {
  const order: GraphNode[] = [];
  const begun = new Set<string>();
  const waiting = outputs.map((output) => ({ name: sourceName(output), isReady: false }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const node = nodes.get(next.name);
    if (!node) continue;
    if (next.isReady) order.push(node);
    if (next.isReady || begun.has(next.name)) continue;
    begun.add(next.name);
    waiting.push({ name: next.name, isReady: true });
    waiting.push(...sourcesOf(node).map((source) => ({ name: source.node, isReady: false })));
  }
  return order;
}

function sourceName(output: string): string {
  return sourcesOf({ name: '', op: '', input: [output], attr: {} })[0]?.node ?? output;
}

/** All at once, so that the person learns in one go what is missing. */
function refuseUnknown(graph: GraphModel, order: readonly GraphNode[]): void {
  const known = (op: string) => op === 'Const' || op === 'Placeholder' || Object.hasOwn(operators, op);
  const unknown = [...new Set(order.map(({ op }) => op).filter((op) => !known(op)))].sort();
  if (unknown.length === 0) return;
  const flow = unknown.filter((op) => controlFlow.has(op));
  const rest = unknown.filter((op) => !controlFlow.has(op));
  const reasons = [
    ...(flow.length > 0 ? [`it has loops or branches (${flow.join(', ')})`] : []),
    ...(rest.length > 0 ? [`it has operators that are not known here: ${rest.join(', ')}`] : []),
  ];
  throw refused(graph, reasons.join(', and '));
}

function refused({ name }: GraphModel, why: string, cause?: unknown): PlayheadError {
  return new PlayheadError(
    { code: 'model-invalid', message: `The TensorFlow graph "${name}" cannot be converted: ${why}.` },
    { cause },
  );
}
