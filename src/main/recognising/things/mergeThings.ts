/** What is seen in a segment, from what is seen in its frames. */
import type { Segment } from '../../../contract/index.ts';
import type { Detection } from './thingDetector.ts';

/** One look at one frame, and the stretch of time the frame stands for. */
export interface FrameThings extends Segment {
  mirrored: boolean;
  detections: Detection[];
}

export interface MergedThing extends Segment {
  name: string;
  /** The best score, 0 to 1. */
  confidence: number;
}

/** A thing counts when its best plain and its best mirrored score have this mean. */
const minScoreBothWays = 0.4;
/** Seen one way only, it counts with this score. */
const minScoreOneWay = 0.6;
/** Weaker sightings say nothing, not even of a thing that counts. */
const minScore = 0.3;

/** One entry for each sort of thing, surest first; first and last time it was seen. */
export function mergeThings(looks: readonly FrameThings[]): MergedThing[] {
  const sightings = new Map<string, Sighting[]>();
  for (const { detections, ...look } of looks) {
    for (const [name, score] of bestPerName(detections)) {
      if (score < minScore) continue;
      sightings.set(name, [...(sightings.get(name) ?? []), { ...look, score }]);
    }
  }
  return [...sightings]
    .filter(([, seen]) => isSure(seen))
    .map(([name, seen]) => ({
      name,
      confidence: bestScore(seen),
      startSec: Math.min(...seen.map(({ startSec }) => startSec)),
      endSec: Math.max(...seen.map(({ endSec }) => endSec)),
    }))
    .sort((a, b) => b.confidence - a.confidence);
}

interface Sighting extends Omit<FrameThings, 'detections'> {
  score: number;
}

function isSure(seen: readonly Sighting[]): boolean {
  const plain = bestScore(seen.filter(({ mirrored }) => !mirrored));
  const mirrored = bestScore(seen.filter(({ mirrored }) => mirrored));
  return (plain + mirrored) / 2 >= minScoreBothWays || Math.max(plain, mirrored) >= minScoreOneWay;
}

/** 0 when there is none. */
function bestScore(seen: readonly Sighting[]): number {
  return Math.max(0, ...seen.map(({ score }) => score));
}

function bestPerName(detections: readonly Detection[]): Map<string, number> {
  const best = new Map<string, number>();
  for (const { name, score } of detections) best.set(name, Math.max(score, best.get(name) ?? 0));
  return best;
}
