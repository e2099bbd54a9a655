/** What the recognisers find in one segment of a file: in its frames, in its sound, in what the others found. */
import { openMedia } from '../media/openMedia.ts';
import type { RecogniseInput, RecogniseOutput, Recognition } from '../ports/recogniserHostApi.ts';
import { Stopwatch } from '../ports/stopwatch.ts';
import { planLooks } from './planLooks.ts';
import type { Finding, LookedAt, OpenedRecogniser, Recogniser } from './recogniser.ts';

export interface Loaded {
  recogniser: Recogniser;
  opened: OpenedRecogniser;
}

/** Frames in memory at once: about 22 MB at 1280 × 720. */
const batchSize = 8;
/** Small text needs pixels; larger frames cost time and memory and add little. */
const maxEdge = 1280;

/** One segment while it is read. */
interface Reading {
  loaded: readonly Loaded[];
  input: RecogniseInput;
  watch: Stopwatch;
  signal?: AbortSignal;
}

/**
 * Frames are spread evenly over the segment, and each is shown to all that look; sound is heard in one piece.
 * @throws what `signal` was aborted with, between two frames; and what decoding throws
 */
export async function recogniseSegment(
  loaded: readonly Loaded[],
  input: RecogniseInput,
  signal?: AbortSignal,
): Promise<RecogniseOutput> {
  const reading: Reading = { loaded, input, watch: new Stopwatch(), signal };
  const found = [...(await lookAtFrames(reading)), ...(await listenToSound(reading))];
  found.push(...(await readTexts(reading, found)));
  return { found, timings: reading.watch.timings, notices: [] };
}

async function lookAtFrames(reading: Reading): Promise<Recognition[]> {
  const watchers = reading.loaded.flatMap(({ recogniser, opened }) =>
    opened.needs === 'frames' ? [{ recogniser, watcher: opened.watch() }] : [],
  );
  if (watchers.length === 0 || reading.input.kind === 'audio') return [];
  for await (const frame of decodeLooks(reading)) {
    for (const { recogniser, watcher } of watchers) {
      await reading.watch.time(recogniser.stage, () => watcher.look(frame));
    }
    await letMessagesIn();
  }
  return watchers.flatMap(({ recogniser, watcher }) => saidBy(recogniser, watcher.found()));
}

async function listenToSound({ loaded, input, watch, signal }: Reading): Promise<Recognition[]> {
  const found: Recognition[] = [];
  if (!input.hasAudio) return found;
  for (const { recogniser, opened } of loaded) {
    if (opened.needs !== 'sound') continue;
    const { sampleRate } = opened;
    const { segment } = input;
    const samples = await watch.time('reading sound', async () => {
      const media = await openMedia(input.path, { signal });
      return media.sound({ segment, sampleRate, channel: 'mix', signal });
    });
    const heard = await watch.time(recogniser.stage, () => opened.listen(samples, segment));
    found.push(...saidBy(recogniser, heard));
  }
  return found;
}

async function readTexts({ loaded, watch }: Reading, known: readonly Recognition[]): Promise<Recognition[]> {
  const found: Recognition[] = [];
  for (const { recogniser, opened } of loaded) {
    if (opened.needs !== 'text') continue;
    found.push(...saidBy(recogniser, await watch.time(recogniser.stage, () => opened.read(known))));
  }
  return found;
}

/** Frames one by one, decoded in small batches; until the signal is aborted. */
async function* decodeLooks({ input, watch, signal }: Reading): AsyncGenerator<LookedAt> {
  const looks = planLooks(input);
  for (let first = 0; first < looks.length; first += batchSize) {
    signal?.throwIfAborted();
    const batch = looks.slice(first, first + batchSize);
    const times = batch.map(({ atSec }) => atSec);
    const images = await watch.time('reading frames', async () => {
      const media = await openMedia(input.path, { signal });
      return media.framesAt(times, { maxEdge, signal });
    });
    for (const [at, image] of images.entries()) {
      signal?.throwIfAborted();
      const look = batch[at];
      if (!look) continue;
      yield { image, index: first + at, count: looks.length, startSec: look.atSec, endSec: look.endSec };
    }
  }
}

function saidBy({ gives, source }: Recogniser, findings: readonly Finding[]): Recognition[] {
  return findings.map(({ text, confidence, startSec, endSec }) => ({
    ...{ kind: gives, text, source, startSec, endSec, confidence },
  }));
}

/** Gives the process a turn to hear of a cancel. */
function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
