/** Things as a recogniser: what is seen in each frame, merged over the segment. */
import { findThingModel } from '../modelFiles.ts';
import type { FrameWatcher, OpenedRecogniser, OpenOptions, Recogniser } from '../recogniser.ts';
import { countPeople } from './countPeople.ts';
import { type FrameThings, mergeThings } from './mergeThings.ts';
import type { ThingDetector } from './thingDetector.ts';

export const thingRecogniser: Recogniser = {
  name: 'things',
  source: 'CenterNet (COCO)',
  needs: 'frames',
  gives: 'thing',
  lacking: 'things are not recognised',
  stage: 'looking for things',
  open,
};

async function open({ folder, graphFolder, threads }: OpenOptions): Promise<OpenedRecogniser> {
  const graph = findThingModel(folder);
  const { openThingDetector } = await import('./thingDetector.ts');
  const detector = await openThingDetector(graph, { graphFolder, threads });
  return { needs: 'frames', watch: () => watchWith(detector), release: () => detector.release() };
}

function watchWith(detector: ThingDetector): FrameWatcher {
  const looks: FrameThings[] = [];
  return {
    async look({ image, index, count, startSec, endSec }) {
      for (const mirrored of sidesToLookAt(index, count)) {
        looks.push({ startSec, endSec, mirrored, detections: await detector.detect(image, mirrored) });
      }
    },
    found: () => [...mergeThings(looks).map(({ name, ...thing }) => ({ ...thing, text: name })), ...countPeople(looks)],
  };
}

/**
 * A false sighting seldom survives a mirror, so every other look is mirrored, and a thing has to be seen both ways.
 * One or two frames alone are looked at both ways.
 */
function sidesToLookAt(index: number, frames: number): boolean[] {
  return frames <= 2 ? [false, true] : [index % 2 === 1];
}
