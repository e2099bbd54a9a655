/** Weights in parts of whole rows, none larger than what a graphics adapter binds at once. */
import { rowSize, sliceRows, type Weight } from '../checkpoint/weights.ts';

/** What WebGPU's providers refuse to exceed (SwiftShader: exactly this). */
export const oneGiB = 2 ** 30;

/** The weight in as few parts of equal rows as fit; itself when it fits. A part reads the whole weight when poured. */
export function rowSlices(weight: Weight, bits: number, largest = oneGiB): Weight[] {
  const rows = weight.shape[0] ?? 0;
  const count = Math.ceil((rows * rowSize(weight) * bits) / 8 / largest);
  if (count <= 1) return [weight];
  const step = Math.ceil(rows / count);
  return Array.from({ length: Math.ceil(rows / step) }, (_, i) =>
    sliceRows(weight, `${weight.name}.rows_${i}`, i * step, Math.min(rows, (i + 1) * step)),
  );
}

export function rowSlicesLike(bias: Weight, slices: readonly Weight[]): Weight[] {
  return slices.map((slice, i) => {
    const first = firstRowOf(i, slices);
    return sliceRows(bias, `${bias.name}.rows_${i}`, first, first + (slice.shape[0] ?? 0));
  });
}

/** Where part `i` begins in the whole. */
export function firstRowOf(i: number, slices: readonly Weight[]): number {
  return slices.slice(0, i).reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
}
