/** The sample clips as they were made, and the things that a text names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const samplesFolder = join(import.meta.dirname, '..', '..', '..', 'resources', 'samples');

export interface SampleClip {
  file: string;
  scenes: { objects: { colour: string; shape: string }[] }[];
}

export const sampleClips = (
  JSON.parse(readFileSync(join(samplesFolder, 'samples.json'), 'utf8')) as { clips: SampleClip[] }
).clips;

const allThings = sampleClips.flatMap((clip) => clip.scenes.flatMap(({ objects }) => objects));
const colours = [...new Set([...allThings.map(({ colour }) => colour), 'grey', 'brown', 'silver', 'gold'])];
const shapes = [...new Set([...allThings.map(({ shape }) => shape), 'diamond', 'oval', 'hexagon'])];

/** "red circle", "blue star", … */
export function thingsIn(clip: SampleClip): Set<string> {
  return new Set(clip.scenes.flatMap(({ objects }) => objects.map(({ colour, shape }) => `${colour} ${shape}`)));
}

/** Every colour with its shape that the text names. */
export function thingsNamed(text: string): Set<string> {
  const pattern = new RegExp(`\\b(${colours.join('|')}) (${shapes.join('|')})`, 'gi');
  return new Set([...text.matchAll(pattern)].map((match) => match[0].toLowerCase()));
}
