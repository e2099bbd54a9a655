/** Which pixels hang together: flood fill over any picture, map or mask. */

export interface RegionRule {
  /** Pixels that belong to no region are left out; all belong to one where this is not given. */
  isInside?: (at: number) => boolean;
  /** Whether two neighbours belong to the same region; all that are inside do where this is not given. */
  isJoined?: (from: number, to: number) => boolean;
  /** Pixels that touch by a corner are neighbours, too. */
  byCorners?: boolean;
}

const SIDES = [
  [0, -1],
  [-1, 0],
  [1, 0],
  [0, 1],
] as const;
const CORNERS = [
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
] as const;

/**
 * The regions of `width` × `height` pixels, in the order of their first pixel.
 * @returns of each the indices of its pixels (y * width + x), the topmost row's first one first
 */
export function* connectedRegions(width: number, height: number, rule: RegionRule): Generator<number[]> {
  const { isInside = () => true, isJoined = () => true, byCorners = false } = rule;
  const steps = byCorners ? [...SIDES, ...CORNERS] : SIDES;
  const isTaken = new Uint8Array(width * height);
  for (let start = 0; start < isTaken.length; start++) {
    if (isTaken[start] || !isInside(start)) continue;
    isTaken[start] = 1;
    const region = [start];
    // What is found is appended to what is walked through: the list is the queue, too.
    for (let done = 0; done < region.length; done++) {
      const at = region[done] as number;
      const x = at % width;
      const y = (at - x) / width;
      for (const [dx, dy] of steps) {
        if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
        const next = at + dy * width + dx;
        if (isTaken[next] || !isInside(next) || !isJoined(at, next)) continue;
        isTaken[next] = 1;
        region.push(next);
      }
    }
    yield region;
  }
}
