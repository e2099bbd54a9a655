/**
 * A graph whose products of weights are computed in fp16: half of what a GPU reads, and where it has units for it, twice
 * the speed. Only these: what stands between layers, norms, attention's shares and the cache stay in fp32, and so do
 * the layers that the importer wants exact. fp16 ends at 65,504: where a product is larger it gives Infinity, which the
 * session notices, and opens the graph as it is stored.
 */
import { readFile } from 'node:fs/promises';
import { dataTypes, encodeModel, type Model, type Node } from '../../models/onnxProto.ts';
import { decodeModel } from '../../models/readOnnxProto.ts';

/** The bytes of `graphFile` with its products in fp16; its external data stays where it is. */
export async function withHalfProducts(graphFile: string): Promise<Uint8Array> {
  return encodeModel(halveProducts(decodeModel(await readFile(graphFile))));
}

/** Weights that are stored in fp16 or packed are multiplied in fp16; those that are stored in fp32 as before. */
export function halveProducts(model: Model): Model {
  const { nodes, initializers } = model.graph;
  const halves = new Set(initializers.filter(({ type }) => type === 'float16').map(({ name }) => name));
  /** By the name that a weight has in fp32: the one that it is stored under. */
  const stored = new Map(
    nodes.flatMap(({ opType, inputs: [from = ''], outputs: [to = ''] }): [string, string][] =>
      opType === 'Cast' && halves.has(from) ? [[to, from]] : [],
    ),
  );
  const halved = nodes.flatMap((node) => {
    if (node.opType === 'MatMulNBits') return packedProduct(node);
    const weight = node.opType === 'Gemm' ? stored.get(node.inputs[1] ?? '') : undefined;
    return weight === undefined ? [node] : plainProduct(node, weight);
  });
  return { ...model, graph: { ...model.graph, nodes: withoutUnused(halved, new Set(stored.keys())) } };
}

/** The bias is added in fp32. */
function plainProduct(node: Node, weight: string): Node[] {
  const [x = '', , bias] = node.inputs;
  const [y = ''] = node.outputs;
  const sum = bias === undefined ? y : `${y}.sum`;
  return [
    cast(x, `${y}.left`, 'float16'),
    { ...node, inputs: [`${y}.left`, weight], outputs: [`${y}.half`] },
    cast(`${y}.half`, sum, 'float'),
    ...(bias === undefined ? [] : [plain('Add', [sum, bias], y)]),
  ];
}

/** The cast of the scales is folded while the graph is opened. */
function packedProduct(node: Node): Node[] {
  const [x = '', codes = '', scales = '', ...rest] = node.inputs;
  const [y = ''] = node.outputs;
  return [
    cast(x, `${y}.left`, 'float16'),
    cast(scales, `${y}.scales`, 'float16'),
    { ...node, inputs: [`${y}.left`, codes, `${y}.scales`, ...rest], outputs: [`${y}.half`] },
    cast(`${y}.half`, y, 'float'),
  ];
}

function cast(from: string, to: string, type: 'float' | 'float16'): Node {
  return { ...plain('Cast', [from], to), attributes: { to: dataTypes[type] } };
}

function plain(opType: string, inputs: string[], output: string): Node {
  return { opType, domain: '', name: `${opType}_${output}`, inputs, outputs: [output], attributes: {} };
}

/** Casts of weights that nothing reads any more. */
function withoutUnused(nodes: Node[], weights: ReadonlySet<string>): Node[] {
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  return nodes.filter(({ outputs: [output = ''] }) => !weights.has(output) || read.has(output));
}
