/** What stands on the screen and what is seen in one segment of a file. */
import { openMedia } from '../media/openMedia.ts';
import type { RecogniseInput, RecogniseOutput, Recognition } from '../ports/recogniserHostApi.ts';
import type { RgbImage } from '../ports/rgbImage.ts';
import { type Look, planLooks } from './planLooks.ts';
import { createStopwatch, type Stopwatch } from './stopwatch.ts';
import { type FrameReadings, mergeReadings } from './text/mergeReadings.ts';
import type { TextReader } from './text/textReader.ts';
import { type FrameThings, mergeThings } from './things/mergeThings.ts';
import type { ThingDetector } from './things/thingDetector.ts';

export const textSource = 'PP-OCRv4';
export const thingSource = 'CenterNet (COCO)';

/** A recogniser that could not be loaded is null; its part of the output stays empty. */
export interface Recognisers {
  textReader: TextReader | null;
  thingDetector: ThingDetector | null;
}

/** Frames in memory at once: about 22 MB at 1280 × 720. */
const batchSize = 8;
/** Small text needs pixels; larger frames cost time and memory and add little. */
const maxEdge = 1280;

/**
 * Looks at `input.frames` frames, spread evenly over the segment, for text and for things.
 * @throws what `signal` was aborted with, between two frames; and what decoding throws
 */
export async function recogniseSegment(
  { textReader, thingDetector }: Recognisers,
  input: RecogniseInput,
  signal?: AbortSignal,
): Promise<RecogniseOutput> {
  const stopwatch = createStopwatch();
  const looks = planLooks(input);
  const readings: FrameReadings[] = [];
  const things: FrameThings[] = [];

  for await (const { index, look, image } of decodeLooks(input.path, looks, stopwatch, signal)) {
    const stretch = { startSec: look.atSec, endSec: look.endSec };
    if (textReader) {
      const found = await stopwatch.time('reading on-screen text', () => textReader.read(image));
      readings.push({ ...stretch, readings: found });
    }
    if (thingDetector) {
      for (const mirrored of sidesToLookAt(index, looks.length)) {
        const detections = await stopwatch.time('looking for things', () => thingDetector.detect(image, mirrored));
        things.push({ ...stretch, mirrored, detections });
      }
    }
    await letMessagesIn();
  }

  return {
    screenText: mergeReadings(readings).map(({ text, ...rest }) => toRecognition(text, textSource, rest)),
    things: mergeThings(things).map(({ name, ...rest }) => toRecognition(name, thingSource, rest)),
    timings: stopwatch.timings(),
    notices: [],
  };
}

interface DecodedLook {
  index: number;
  look: Look;
  image: RgbImage;
}

/** Frames one by one, decoded in small batches; until `signal` is aborted. */
async function* decodeLooks(
  path: string,
  looks: readonly Look[],
  stopwatch: Stopwatch,
  signal: AbortSignal | undefined,
): AsyncGenerator<DecodedLook> {
  for (let first = 0; first < looks.length; first += batchSize) {
    signal?.throwIfAborted();
    const batch = looks.slice(first, first + batchSize);
    const times = batch.map(({ atSec }) => atSec);
    const images = await stopwatch.time('reading frames', async () => {
      const media = await openMedia(path, { signal });
      return media.framesAt(times, { maxEdge, signal });
    });
    for (const [i, image] of images.entries()) {
      signal?.throwIfAborted();
      const look = batch[i];
      if (look) yield { index: first + i, look, image };
    }
  }
}

/**
 * A false sighting seldom survives a mirror, so every other look is mirrored, and a thing has to be seen both ways.
 * One or two frames alone are looked at both ways.
 */
function sidesToLookAt(index: number, frames: number): boolean[] {
  return frames <= 2 ? [false, true] : [index % 2 === 1];
}

function toRecognition(text: string, source: string, found: Omit<Recognition, 'text' | 'source'>): Recognition {
  const { startSec, endSec, confidence } = found;
  return { text, source, startSec, endSec, confidence };
}

/** Gives the process a turn to hear of a cancel. */
function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
