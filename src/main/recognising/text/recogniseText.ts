/** On-screen text as a recogniser: the lines of each frame, merged over the segment. */
import { findTextModel } from '../modelFiles.ts';
import type { FrameWatcher, OpenedRecogniser, OpenOptions, Recogniser } from '../recogniser.ts';
import type { FrameReadings, mergeReadings } from './mergeReadings.ts';
import type { TextReader } from './textReader.ts';

/** The longest edge at which text is looked for: 960 is PaddleOCR's own. */
const textEdge = 960;

export const textRecogniser: Recogniser = {
  name: 'on-screen text',
  source: 'PP-OCRv4',
  needs: 'frames',
  gives: 'screenText',
  lacking: 'on-screen text is not read',
  stage: 'reading on-screen text',
  open,
};

async function open({ folder, threads }: OpenOptions): Promise<OpenedRecogniser> {
  const [{ openTextReader }, { mergeReadings }] = await Promise.all([
    import('./textReader.ts'),
    import('./mergeReadings.ts'), // with the letters of sixty languages
  ]);
  const reader = await openTextReader(findTextModel(folder), { edge: textEdge, threads });
  return { needs: 'frames', watch: () => watchWith(reader, mergeReadings), release: () => reader.release() };
}

function watchWith(reader: TextReader, merge: typeof mergeReadings): FrameWatcher {
  const frames: FrameReadings[] = [];
  return {
    async look({ image, startSec, endSec }) {
      frames.push({ startSec, endSec, readings: await reader.read(image) });
    },
    found: () => merge(frames),
  };
}
