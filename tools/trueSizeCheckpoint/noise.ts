/** A prime number of values, so that no two rows of a weight repeat each other. */
export const poolValues = 4_194_301;
const spread = 0.02;

/** Sums of four uniform numbers: near enough to a normal distribution with a standard deviation of 0.02. */
export function noise(): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: poolValues }, () => {
    const sum = Math.random() + Math.random() + Math.random() + Math.random() - 2;
    return sum * Math.sqrt(3) * spread;
  });
}
