/** A range of a file, cut into stretches that a model can look at one by one. Pure. */
import type { IndexedSegment, Knowledge, Segment } from '../../../contract/index.ts';

/** One stretch that is looked at in one go, with what is known of it. */
export interface Look extends Segment {
  /** The scene that it is, or is a part of. */
  scene: Segment;
  /** Of the index; empty where the file is not indexed. */
  knowledge: Knowledge[];
}

/** A scene as it is in the index, or as it was cut just now. */
export type Scene = Segment & Partial<Pick<IndexedSegment, 'knowledge'>>;

/** Seconds: a range drawn by hand that reaches this far into the next scene was not meant to. */
const SLIVER = 0.5;

/**
 * The scenes of `range`, each cut evenly into stretches of at most `longestSec` seconds.
 * @param scenes in order
 */
export function cutLooks(scenes: readonly Scene[], range: Segment, longestSec: number): Look[] {
  const within = scenes.map((scene) => ({ scene, part: overlap(scene, range) }));
  const whole = within.filter(({ part }) => lengthOf(part) >= SLIVER);
  const kept = whole.length > 0 ? whole : [{ scene: range as Scene, part: range }];
  return kept.flatMap(({ scene, part }) =>
    divide(part, longestSec).map((stretch) => ({
      ...stretch,
      scene: { startSec: scene.startSec, endSec: scene.endSec },
      knowledge: (scene.knowledge ?? []).filter((piece) => lengthOf(overlap(piece, stretch)) > 0),
    })),
  );
}

/** Even parts, none longer than `longestSec`; the outer edges stay exactly as they are. */
export function divide({ startSec, endSec }: Segment, longestSec: number): Segment[] {
  const parts = Math.max(1, Math.ceil((endSec - startSec) / longestSec - 1e-6));
  const edge = (i: number) => (i === parts ? endSec : startSec + ((endSec - startSec) * i) / parts);
  return Array.from({ length: parts }, (_, i) => ({ startSec: edge(i), endSec: edge(i + 1) }));
}

/** Whether two stretches are the same one, up to the rounding of a database or a slider. */
export function isSameStretch(a: Segment, b: Segment): boolean {
  return Math.abs(a.startSec - b.startSec) < 0.05 && Math.abs(a.endSec - b.endSec) < 0.05;
}

function overlap(a: Segment, b: Segment): Segment {
  return { startSec: Math.max(a.startSec, b.startSec), endSec: Math.min(a.endSec, b.endSec) };
}

function lengthOf({ startSec, endSec }: Segment): number {
  return endSec - startSec;
}
