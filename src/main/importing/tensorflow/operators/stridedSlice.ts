/**
 * Python's x[begin:end:step, …, new axis, one of]. Inputs: x, begin, end, strides, of one number for each thing between
 * the commas; the masks have a bit for each. Source: tensorflow/core/util/strided_slice_op.cc.
 */
import { integer } from '../graphNode.ts';
import { knownIntegers, type Value } from '../value.ts';
import { like } from './layout.ts';
import { input, plainInput, type Step } from './operator.ts';

/** What stands between two commas, and the axis of x that it is about: from the end when it comes after an ellipsis. */
interface Part {
  index: number;
  axis: number;
  oneOf: boolean;
}

interface Plan {
  parts: Part[];
  /** In the result, from the front before the ellipsis and from the end behind it. */
  newAxes: number[];
}

export function stridedSlice(step: Step): Value {
  const { onnx } = step;
  const strides = knownIntegers(input(step, 3), 'StridedSlice by steps');
  const { parts, newAxes } = plan(step, strides.length);
  const { rank } = input(step, 0);
  let name = plainInput(step, 0);
  if (parts.length > 0) {
    const steps = parts.map(({ index, oneOf }) => (oneOf ? 1 : (strides[index] as number)));
    const begins = bounds(step, parts, { index: 1, mask: 'begin_mask', steps });
    const ends = bounds(step, parts, { index: 2, mask: 'end_mask', steps });
    name = onnx.op('Slice', [name, begins, ends, onnx.ints(parts.map(({ axis }) => axis)), onnx.ints(steps)]);
  }
  const gone = parts.filter(({ oneOf }) => oneOf).map(({ axis }) => axis);
  if (gone.length > 0) name = onnx.op('Squeeze', [name, onnx.ints(gone)]);
  if (newAxes.length > 0) name = onnx.op('Unsqueeze', [name, onnx.ints(newAxes)]);
  return like(step, name, rank === undefined ? undefined : rank - gone.length + newAxes.length);
}

function plan({ node }: Step, count: number): Plan {
  const bit = (mask: string, index: number) => (integer(node, mask, 0) & (1 << index)) !== 0;
  const isNew = (index: number) => bit('new_axis_mask', index);
  const oneOf = (index: number) => bit('shrink_axis_mask', index);
  const ellipsis = Array.from({ length: count }, (_, i) => i).find((index) => bit('ellipsis_mask', index)) ?? count;
  const parts: Part[] = [];
  const newAxes: number[] = [];
  let [axis, place] = [0, 0];
  for (let index = 0; index < ellipsis; index++) {
    if (isNew(index)) newAxes.push(place++);
    else {
      parts.push({ index, axis: axis++, oneOf: oneOf(index) });
      if (!oneOf(index)) place++;
    }
  }
  [axis, place] = [-1, -1];
  for (let index = count - 1; index > ellipsis; index--) {
    if (isNew(index)) newAxes.push(place--);
    else {
      parts.push({ index, axis: axis--, oneOf: oneOf(index) });
      if (!oneOf(index)) place--;
    }
  }
  return { parts, newAxes };
}

interface Bound {
  /** Of the input that gives it. */
  index: 1 | 2;
  mask: 'begin_mask' | 'end_mask';
  steps: readonly number[];
}

/** One number for each part; what the mask leaves open reaches to the end of the axis. */
function bounds(step: Step, parts: readonly Part[], { index, mask, steps }: Bound): string {
  const { onnx, node } = step;
  const isBegin = mask === 'begin_mask';
  const open = (part: Part, at: number): number | null => {
    const isOpen = !part.oneOf && (integer(node, mask, 0) & (1 << part.index)) !== 0;
    if (!isOpen) return null;
    const isForward = (steps[at] as number) > 0;
    if (isBegin) return isForward ? 0 : farEnd;
    return isForward ? farEnd : -farEnd;
  };
  const known = input(step, index).constant ?? null;
  const begins = isBegin ? known : (input(step, 1).constant ?? null);
  if (known && begins) {
    const values = Array.from(known.data, Number);
    const starts = Array.from(begins.data, Number);
    return onnx.ints(parts.map((part, at) => open(part, at) ?? closed(part, isBegin, { values, starts })));
  }
  const given = parts.map((part) => oneNumber(step, part, isBegin));
  return onnx.op(
    'Concat',
    parts.map((part, at) => {
      const end = open(part, at);
      return end === null ? (given[at] as string) : onnx.ints([end]);
    }),
    { axis: 0 },
  );
}

const farEnd = 2 ** 31 - 1;

/** "One of" ends right behind its beginning; behind -1 is the end of the axis. */
function closed(part: Part, isBegin: boolean, { values, starts }: { values: number[]; starts: number[] }): number {
  if (!part.oneOf || isBegin) return values[part.index] as number;
  return behind(starts[part.index] as number);
}

function behind(start: number): number {
  return start === -1 ? farEnd : start + 1;
}

function oneNumber(step: Step, part: Part, isBegin: boolean): string {
  const { onnx } = step;
  const from = plainInput(step, part.oneOf || isBegin ? 1 : 2);
  const number = onnx.op('Slice', [from, onnx.ints([part.index]), onnx.ints([part.index + 1])]);
  if (!part.oneOf || isBegin) return number;
  const next = onnx.op('Add', [number, onnx.ints([1])]);
  return onnx.op('Where', [onnx.op('Equal', [next, onnx.ints([0])]), onnx.ints([farEnd]), next]);
}
