/** A clip in the words of somebody who looks for it, and which clips those words fit. */
import type { BenchmarkClip, SeenObject } from './readBenchmark.ts';

export interface Description {
  /** "what is seen": the objects. "what happens": the whole caption. */
  kind: 'what is seen' | 'what happens';
  text: string;
  /** True of every clip that the words describe, not only of the one that they were made from. */
  fits(clip: Pick<BenchmarkClip, 'objects'>): boolean;
}

export function descriptionsOf(clip: Pick<BenchmarkClip, 'objects' | 'caption'>): Description[] {
  return [
    {
      kind: 'what is seen',
      text: clip.objects.map(nameOf).join(' and '),
      fits: (other) => isWithin(clip.objects, other.objects, isSameThing),
    },
    {
      kind: 'what happens',
      text: clip.caption,
      fits: (other) => isWithin(clip.objects, other.objects, doesTheSame),
    },
  ];
}

/** "a small blue cross" */
function nameOf({ size, colour, shape }: SeenObject): string {
  return `a ${size} ${colour} ${shape}`;
}

function isSameThing(a: SeenObject, b: SeenObject): boolean {
  return a.colour === b.colour && a.shape === b.shape && a.size === b.size;
}

/** A caption does not speak of sizes. */
function doesTheSame(a: SeenObject, b: SeenObject): boolean {
  return a.colour === b.colour && a.shape === b.shape && a.does === b.does;
}

function isWithin(
  wanted: readonly SeenObject[],
  found: readonly SeenObject[],
  matches: (a: SeenObject, b: SeenObject) => boolean,
): boolean {
  return wanted.every((one) => found.some((other) => matches(one, other)));
}
