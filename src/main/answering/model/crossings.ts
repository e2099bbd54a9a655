/**
 * What goes between the host's memory and a graphics adapter's, in bytes: every tensor that a graph is given or gives,
 * by where it really lies. `session.ts` counts. What a graph moves within itself is not seen here.
 */
export interface Crossings {
  toDevice: number;
  toHost: number;
  /** Copied from one place of the adapter's memory to another. */
  onDevice: number;
}

/** Of this process since the last `takeCrossings`. */
export const crossings: Crossings = { toDevice: 0, toHost: 0, onDevice: 0 };

/** What was counted; counting begins anew. */
export function takeCrossings(): Crossings {
  const taken = { ...crossings };
  Object.assign(crossings, { toDevice: 0, toHost: 0, onDevice: 0 });
  return taken;
}
