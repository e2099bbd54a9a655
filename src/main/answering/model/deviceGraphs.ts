/**
 * The small graphs that keep a KV cache and features in the adapter's memory, where nothing but a graph can write: making
 * room, growing it, appending to it, carrying it over; joining features, cutting them, and adding them up.
 */
import { encodeModel, type Node, type ValueInfo } from '../../models/onnxProto.ts';

const domain = '';
const cacheDims = ['batch', 'heads', 'positions', 'size'];

const floats = (name: string, dims = cacheDims): ValueInfo => ({ name, type: 'float', dims });
/** Sizes of so many dimensions, none of them known. */
const sizesOf = (dimensions: number, name = 'size') => Array.from({ length: dimensions }, (_, i) => `${name}${i}`);
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

/** Everything that features need, for tensors of so many dimensions; each gives `made`. */
export const featureGraphs = {
  /** value (1) and shape -> room of that shape. */
  room: (dimensions: number): Uint8Array =>
    model(
      'room',
      [node('Expand', ['value', 'shape'], ['made'])],
      [floats('value', ['one']), numbers('shape', [dimensions])],
      [floats('made', sizesOf(dimensions))],
    ),
  /** here -> the same there. */
  carry: (dimensions: number): Uint8Array =>
    model(
      'carry',
      [node('Identity', ['here'], ['made'])],
      [floats('here', sizesOf(dimensions))],
      [floats('made', sizesOf(dimensions))],
    ),
  /** part0, part1, … -> one after the other along the first axis. */
  join(dimensions: number, inputs: number): Uint8Array {
    const parts = Array.from({ length: inputs }, (_, i) => `part${i}`);
    const join = { ...node('Concat', parts, ['made']), attributes: { axis: 0 } };
    const given = parts.map((part) => floats(part, [part, ...sizesOf(dimensions - 1)]));
    return model('join', [join], given, [floats('made', ['all', ...sizesOf(dimensions - 1)])]);
  },
  /** from (n, …) and indices -> those. */
  pick: (dimensions: number): Uint8Array =>
    model(
      'pick',
      [node('Gather', ['from', 'indices'], ['made'])],
      [floats('from', sizesOf(dimensions)), numbers('indices', ['picked'])],
      [floats('made', ['picked', ...sizesOf(dimensions - 1, 'kept')])],
    ),
  /** from (n, D), start, end and axis (0) -> (1, end - start, D). */
  rows: (dimensions: number): Uint8Array =>
    model(
      'rows',
      [node('Slice', ['from', 'start', 'end', 'axis'], ['cut']), node('Unsqueeze', ['cut', 'axis'], ['made'])],
      [floats('from', sizesOf(dimensions)), ...['start', 'end', 'axis'].map((name) => numbers(name, [1]))],
      [floats('made', ['one', 'rows', ...sizesOf(dimensions - 1, 'kept')])],
    ),
  /** values -> their sum. */
  sum: (dimensions: number): Uint8Array =>
    model(
      'sum',
      [{ ...node('ReduceSum', ['values'], ['made']), attributes: { keepdims: 0 } }],
      [floats('values', sizesOf(dimensions))],
      [floats('made', [])],
    ),
};
