/** Pours a graph's weights into its data file, one chunk at a time, and writes the graph beside it. */
import { basename } from 'node:path';
import { encodeModel, type Initializer } from '../../models/onnxProto.ts';
import type { WriteFile } from '../bundleWriter.ts';
import { blockBytes, type DataBlock, type DataPart, partBytes } from './dataBlock.ts';
import type { Graph } from './graph.ts';

/** Blocks up to this size stand in the graph file itself, where shape inference can see them. */
const inlineBytes = 1024;
const opset = 18;

/** Bytes that pouring this graph's weights will write, without padding. */
export function graphBytes(graph: Graph): number {
  return graph.blocks.reduce((sum, block) => sum + blockBytes(block), 0);
}

/** True when a data file is needed. */
export function hasDataFile(graph: Graph): boolean {
  return graph.blocks.some((block) => !isInline(block));
}

function isInline(block: DataBlock): boolean {
  return block.parts.length === 1 && blockBytes(block) <= inlineBytes;
}

/** Writes `file` and, where some weight needs it, `dataFile` through the bundle's writer. */
export async function writeGraph(graph: Graph, file: string, dataFile: string, writeFile: WriteFile): Promise<void> {
  const initializers: Initializer[] = [];
  for (const block of graph.blocks.filter(isInline)) initializers.push(await inlined(block));
  const outside = graph.blocks.filter((block) => !isInline(block));
  if (outside.length > 0) await writeFile(dataFile, external(outside, basename(dataFile), initializers));
  const { nodes, inputs, outputs } = graph;
  const model = encodeModel({
    producer: 'playhead',
    opsets: [
      { domain: '', version: opset },
      { domain: 'com.microsoft', version: 1 },
    ],
    graph: { name: graph.name, nodes, inputs, outputs, initializers },
  });
  await writeFile(file, once(model));
}

async function inlined(block: DataBlock): Promise<Initializer> {
  const part = block.parts[0] as DataPart;
  const chunks: Uint8Array[] = [];
  for await (const chunk of block.chunks()) chunks.push(chunk);
  return { name: part.name, type: part.type, dims: part.dims, data: { raw: Buffer.concat(chunks) } };
}

/** The bytes of the data file; on the way every part's place is noted in `initializers`. */
async function* external(
  blocks: DataBlock[],
  location: string,
  initializers: Initializer[],
): AsyncGenerator<Uint8Array> {
  let offset = 0;
  for (const block of blocks) {
    let begun = -1;
    let left = 0;
    for await (const chunk of block.chunks()) {
      while (left === 0) {
        const part = block.parts[++begun];
        if (!part) throw new Error(`${block.parts[0]?.name} gave more bytes than its shape has`);
        left = partBytes(part);
        const padding = paddingBefore(offset, left);
        if (padding > 0) yield new Uint8Array(padding);
        offset += padding;
        initializers.push({
          name: part.name,
          type: part.type,
          dims: part.dims,
          data: { location, offset, length: left },
        });
      }
      if (chunk.length > left) throw new Error(`${block.parts[begun]?.name} gave more bytes than its shape has`);
      yield chunk;
      offset += chunk.length;
      left -= chunk.length;
    }
    if (left > 0 || begun !== block.parts.length - 1) throw new Error(`${block.parts[0]?.name} gave too few bytes`);
  }
}

/** Pages for what is worth mapping, 64 bytes (a cache line) for the rest. */
function paddingBefore(offset: number, bytes: number): number {
  const unit = bytes >= 64 * 1024 ? 4096 : 64;
  return (unit - (offset % unit)) % unit;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
