/** Brings operands that are broadcast against each other into one order of axes. */
import { type OnnxBuilder, transposeConstant } from '../onnxBuilder.ts';
import { isPicture, toChannelsFirst, type Value } from '../value.ts';

export interface Agreeing {
  names: string[];
  /** True when they are (N, C, H, W). */
  picture: boolean;
}

/** (N, C, H, W) when one is there in that order and all others can be brought into it cheaply. */
export function agreeingNames(onnx: OnnxBuilder, values: readonly Value[]): Agreeing {
  const picture = values.some(isPicture) && values.every(fitsPictures);
  return { names: values.map((value) => (picture ? besidePictures(onnx, value) : onnx.plain(value))), picture };
}

function fitsPictures({ constant, rank, channelsFirst }: Value): boolean {
  return (
    channelsFirst !== undefined || rank === 4 || rank === 0 || (constant !== undefined && constant.dims.length <= 4)
  );
}

/** A constant of fewer axes belongs to the last ones: (C) becomes (1, C, 1, 1). */
function besidePictures(onnx: OnnxBuilder, value: Value): string {
  const { constant, rank } = value;
  if (rank === 0) return onnx.plain(value);
  if (!constant) return onnx.channelsFirst(value);
  const missing = Array.from({ length: 4 - constant.dims.length }, () => 1);
  const whole = { dims: [...missing, ...constant.dims], data: constant.data };
  return onnx.constant(transposeConstant(whole, toChannelsFirst));
}
