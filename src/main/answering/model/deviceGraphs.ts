/**
 * The small graphs that keep a KV cache in the adapter's memory, where nothing but a graph can write: making room,
 * growing it, appending to it, and carrying it over.
 */
import { encodeModel, type Node, type ValueInfo } from '../../models/onnxProto.ts';

const domain = '';
const cacheDims = ['batch', 'heads', 'positions', 'size'];

const floats = (name: string, dims = cacheDims): ValueInfo => ({ name, type: 'float', dims });
const numbers = (name: string, dims: ValueInfo['dims']): ValueInfo => ({ name, type: 'int64', dims });

function node(opType: string, inputs: string[], outputs: string[]): Node {
  return { opType, domain, name: `${opType}_${outputs[0]}`, inputs, outputs, attributes: {} };
}

function model(name: string, nodes: Node[], inputs: ValueInfo[], outputs: ValueInfo[]): Uint8Array {
  const opsets = [{ domain, version: 18 }];
  return encodeModel({ producer: 'playhead', opsets, graph: { name, nodes, inputs, outputs, initializers: [] } });
}

/** value (1) and shape (4) -> room of that shape. */
export const roomGraph = (): Uint8Array =>
  model(
    'room',
    [node('Expand', ['value', 'shape'], ['room'])],
    [floats('value', ['one']), numbers('shape', [4])],
    [floats('room')],
  );

/** past and pads (8, as Pad has them) -> grown. */
export const growGraph = (): Uint8Array =>
  model(
    'grow',
    [node('Pad', ['past', 'pads'], ['grown'])],
    [floats('past'), numbers('pads', [8])],
    [floats('grown', ['batch', 'heads', 'grown', 'size'])],
  );

/** here -> there: the same values, wherever the two lie. */
export const carryGraph = (): Uint8Array =>
  model('carry', [node('Identity', ['here'], ['there'])], [floats('here')], [floats('there')]);

/**
 * past.{name} (1, heads, positions, size), new.{name} (1, heads, s, size) and places (1, heads, s, 3) -> all.{name}.
 * Given the same tensor as past.{name} and all.{name}, nothing but the new rows is written.
 */
export function appendGraph(names: readonly string[]): Uint8Array {
  return model(
    'append',
    names.map((name) => node('ScatterND', [`past.${name}`, 'places', `new.${name}`], [`all.${name}`])),
    [
      numbers('places', ['batch', 'heads', 'added', 3]),
      ...names.flatMap((name) => [floats(`past.${name}`), floats(`new.${name}`, ['batch', 'heads', 'added', 'size'])]),
    ],
    names.map((name) => floats(`all.${name}`)),
  );
}
