/** What converts one operator of TensorFlow's, and the tables that say which function does which. */
import type { GraphNode } from '../graphNode.ts';
import type { OnnxBuilder } from '../onnxBuilder.ts';
import { Refusal, type Value } from '../value.ts';

export interface Step {
  node: GraphNode;
  inputs: Value[];
  onnx: OnnxBuilder;
}

/** @returns one value for each output. @throws Refusal */
export type ConvertOperator = (step: Step) => Value | Value[];
export type OperatorTable = Record<string, ConvertOperator>;

export function input({ inputs }: Step, index: number): Value {
  const value = inputs[index];
  if (!value) throw new Refusal('an input that is missing');
  return value;
}

/** The input's name in TensorFlow's order of axes. */
export function plainInput(step: Step, index: number): string {
  return step.onnx.plain(input(step, index));
}
