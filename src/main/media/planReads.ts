/** Which stretches of a video are decoded to get at some of its frames. Pure. */

/** One run of the decoder: it starts at the keyframe before `indices[0]` and goes on to the last of `indices`. */
export interface Read {
  /** Ascending frame indices, each once. */
  indices: number[];
}

/** What starting a decoder costs: as many pixels as are decoded meanwhile (measured: about 100 ms of 640x360 H.264). */
const RESTART_COST_PIXELS = 36e6;

/**
 * Joins wanted frames into runs: a jump to the next keyframe is made only where it saves more decoding than a
 * start costs.
 * @param wanted ascending, each once
 * @param keyframes ascending indices where decoding can begin
 * @param framePixels width * height: small frames are decoded quickly, so jumps pay later
 */
export function planReads(wanted: readonly number[], keyframes: readonly number[], framePixels: number): Read[] {
  const restartCost = RESTART_COST_PIXELS / framePixels; // frames
  const reads: Read[] = [];
  for (const index of wanted) {
    const current = reads.at(-1);
    const previous = current?.indices.at(-1);
    if (current === undefined || previous === undefined) {
      reads.push({ indices: [index] });
      continue;
    }
    const skipped = keyframeBefore(index, keyframes) - previous;
    if (skipped > restartCost) reads.push({ indices: [index] });
    else current.indices.push(index);
  }
  return reads;
}

function keyframeBefore(index: number, keyframes: readonly number[]): number {
  return keyframes.findLast((keyframe) => keyframe <= index) ?? 0;
}
