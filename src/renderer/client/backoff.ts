/** Milliseconds to wait before attempt `n` (from 0): doubling from 250 ms, at most 8 s. */
export function backoffMs(attempt: number): number {
  return Math.min(8000, 250 * 2 ** attempt);
}
