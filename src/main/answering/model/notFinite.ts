/** The name of the first output that holds a NaN or an Infinity. */
export function notFinite(tensors: Record<string, { data: Float32Array }>): string | null {
  for (const [name, { data }] of Object.entries(tensors)) {
    // x - x is 0 for every finite x and NaN for the others: one sum tells for all.
    let sum = 0;
    for (let i = 0; i < data.length; i++) sum += (data[i] as number) - (data[i] as number);
    if (sum !== 0) return name;
  }
  return null;
}
