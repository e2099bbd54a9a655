/** Symmetric matrices as plain rows, (n, n). */
export type Matrix = Float64Array[];

/**
 * Covariance of rows around their mean, drawn towards a multiple of the identity so that it can be inverted.
 * @param rows each (n)
 * @param shrinkage 0 to 1
 */
export function shrunkenCovariance(rows: readonly Float64Array[], shrinkage: number): Matrix {
  const n = rows[0]?.length ?? 0;
  const mean = meanOf(rows);
  const covariance: Matrix = Array.from({ length: n }, () => new Float64Array(n));
  for (const row of rows) {
    const centred = row.map((value, i) => value - (mean[i] as number));
    for (let i = 0; i < n; i++) {
      const target = covariance[i] as Float64Array;
      const factor = (centred[i] as number) / (rows.length - 1);
      for (let j = 0; j <= i; j++) target[j] = (target[j] as number) + factor * (centred[j] as number);
    }
  }
  const variance = covariance.reduce((sum, row, i) => sum + (row[i] as number), 0) / n;
  for (let i = 0; i < n; i++) {
    const row = covariance[i] as Float64Array;
    for (let j = 0; j <= i; j++) row[j] = (1 - shrinkage) * (row[j] as number);
    row[i] = (row[i] as number) + shrinkage * variance;
  }
  return covariance; // the lower triangle alone
}

export function meanOf(rows: readonly Float64Array[]): Float64Array {
  const mean = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows)
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] as number) + (row[i] as number) / rows.length;
  return mean;
}

/** L, lower triangular, with L Lᵀ = the matrix, of which the lower triangle is read. */
export function cholesky(matrix: Matrix): Matrix {
  const n = matrix.length;
  const lower: Matrix = Array.from({ length: n }, () => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    const row = lower[i] as Float64Array;
    for (let j = 0; j <= i; j++) {
      const other = lower[j] as Float64Array;
      let sum = (matrix[i] as Float64Array)[j] as number;
      for (let k = 0; k < j; k++) sum -= (row[k] as number) * (other[k] as number);
      row[j] = i === j ? Math.sqrt(sum) : sum / (other[j] as number);
    }
  }
  return lower;
}

/** The inverse of a lower triangular matrix: again lower triangular. */
export function invertLower(lower: Matrix): Matrix {
  const n = lower.length;
  const inverse: Matrix = Array.from({ length: n }, () => new Float64Array(n));
  for (let column = 0; column < n; column++) {
    for (let i = column; i < n; i++) {
      const row = lower[i] as Float64Array;
      let sum = i === column ? 1 : 0;
      for (let k = column; k < i; k++) sum -= (row[k] as number) * ((inverse[k] as Float64Array)[column] as number);
      (inverse[i] as Float64Array)[column] = sum / (row[i] as number);
    }
  }
  return inverse;
}
