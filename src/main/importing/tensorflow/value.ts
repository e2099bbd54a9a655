/**
 * A tensor on its way from TensorFlow's graph to ONNX's. TensorFlow computes pictures as (N, H, W, C), ONNX as
 * (N, C, H, W): a value is known in one order or in both, and a transpose is only made when the other is asked for.
 */
import type { DataType } from '../../models/onnxProto.ts';
import type { Constant } from './storedWeights.ts';

/** Whole numbers of every width are int64. */
export type ValueType = Extract<DataType, 'float' | 'int64' | 'bool'>;

export interface Value {
  type: ValueType;
  /** Its name in TensorFlow's order of axes, (N, H, W, C) for pictures. */
  plain?: string;
  /** Its name as (N, C, H, W): only tensors of four axes have it. */
  channelsFirst?: string;
  /** What it holds, when that is known before the graph runs. */
  constant?: Constant;
  /** How many axes it has, where that is known. */
  rank?: number;
}

/** TensorFlow's axis `axis` of a picture, in ONNX's order. */
export const channelsFirstAxis = [0, 2, 3, 1] as const;
export const toChannelsFirst = [0, 3, 1, 2];
export const toPlain = [0, 2, 3, 1];

const valueTypes: Record<string, ValueType> = {
  DT_FLOAT: 'float',
  DT_INT32: 'int64',
  DT_INT64: 'int64',
  DT_UINT8: 'int64',
  DT_BOOL: 'bool',
};

/** @throws Refusal of types that are not known. */
export function valueType(tensorflowType: string): ValueType {
  const type = valueTypes[tensorflowType];
  if (!type) throw new Refusal(`tensors of ${tensorflowType || 'an unknown type'}`);
  return type;
}

/** Something that this importer does not know how to convert; `message` names it and goes into an error for people. */
export class Refusal extends Error {}

export function isPicture(value: Value): boolean {
  return value.channelsFirst !== undefined;
}

/** The numbers of a constant. @throws Refusal when it is only known while the graph runs. */
export function knownIntegers(value: Value | undefined, what: string): number[] {
  if (!value?.constant) throw new Refusal(`${what} that is computed`);
  return Array.from(value.constant.data, Number);
}

export function knownInteger(value: Value | undefined, what: string): number {
  return knownIntegers(value, what)[0] as number;
}
