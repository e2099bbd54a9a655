/** Seconds at the beginning, and at the end, from which nobody wants to go on. */
const EDGE_SEC = 3;

/** Where a file goes on when it is opened again; null for its beginning. Seconds, in tenths. */
export function positionToKeep(timeSec: number, durationSec: number): number | null {
  const isWorthIt = timeSec >= EDGE_SEC && timeSec <= durationSec - EDGE_SEC;
  return isWorthIt ? Math.round(timeSec * 10) / 10 : null;
}
