/** What the cases are written with: attributes as a GraphDef in JSON has them, and inputs. */

export const base64 = (text) => Buffer.from(text).toString('base64');
export const s = (text) => ({ s: base64(text) });
export const i = (value) => ({ i: String(value) });
export const b = (value) => ({ b: value });
export const f = (value) => ({ f: value });
export const ints = (...values) => ({ list: { i: values.map(String) } });
export const names = (...values) => ({ list: { s: values.map(base64) } });

/** Whole numbers that are part of the graph. */
export const whole = (values, dims = [values.length]) => ({ dims, values, dtype: 'int32' });
/** Noise from -1 to 1 that is part of the graph. */
export const weights = (...dims) => ({ dims, constant: true });
/** Noise from -1 to 1 that is fed. */
export const fed = (...dims) => ({ dims });
export const picture = fed(1, 5, 7, 3);

export const windowOf = (padding, stride = 1, more = {}) => ({
  padding: s(padding),
  strides: ints(1, stride, stride, 1),
  dilations: ints(1, 1, 1, 1),
  data_format: s('NHWC'),
  ...more,
});
export const dilated = { dilations: ints(1, 2, 2, 1) };
export const fusing = (...operators) => ({ ...windowOf('SAME', 2), fused_ops: names(...operators), num_args: i(1) });
export const pooling = (padding, size, stride) => ({ ...windowOf(padding, stride), ksize: ints(1, size, size, 1) });
export const resizing = (align, half) => ({ align_corners: b(align), half_pixel_centers: b(half) });
export const masks = (begin, end, ellipsis, newAxis, shrink) => ({
  begin_mask: i(begin),
  end_mask: i(end),
  ellipsis_mask: i(ellipsis),
  new_axis_mask: i(newAxis),
  shrink_axis_mask: i(shrink),
});
export const keep = (value) => ({ keep_dims: b(value) });

/** Numbers that are part of the graph. */
export function values(numbers, dims) {
  return { dims, values: numbers, dtype: 'float32' };
}

/** Truth values that are part of the graph. */
export const truth = (numbers) => ({ dims: [numbers.length], values: numbers, dtype: 'bool' });
