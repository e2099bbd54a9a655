/** How many people are seen at once, from what is seen in the frames of a segment. Pure. */
import type { Finding } from '../recogniser.ts';
import type { FrameThings } from './mergeThings.ts';

/** Weaker ones were shadows, and the same person twice. */
const minScore = 0.5;
const numbers = ['two', 'three', 'four', 'five', 'six'];

/** Nothing of one person, which is a thing like others. Two looks and half of those that show anybody must agree. */
export function countPeople(looks: readonly FrameThings[]): Finding[] {
  const counted = looks
    .map((look) => ({ look, scores: scoresOfPeople(look) }))
    .filter(({ scores }) => scores.length > 0);
  for (let count = Math.max(0, ...counted.map(({ scores }) => scores.length)); count > 1; count--) {
    const agreeing = counted.filter(({ scores }) => scores.length >= count);
    if (agreeing.length < Math.max(2, counted.length / 2)) continue;
    return [
      {
        text: `${numbers[count - 2] ?? 'many'} people`,
        confidence: Math.max(...agreeing.map(({ scores }) => scores[count - 1] as number)),
        startSec: Math.min(...agreeing.map(({ look }) => look.startSec)),
        endSec: Math.max(...agreeing.map(({ look }) => look.endSec)),
      },
    ];
  }
  return [];
}

/** The best first. */
function scoresOfPeople({ detections }: FrameThings): number[] {
  const people = detections.filter(({ name, score }) => name === 'person' && score >= minScore);
  return people.map(({ score }) => score).sort((a, b) => b - a);
}
