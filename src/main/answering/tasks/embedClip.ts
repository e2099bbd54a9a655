import { PlayheadError } from '../../../contract/errors.ts';
import { openMedia } from '../../media/openMedia.ts';
import type { Clip, EmbedOutput } from '../../ports/modelHostApi.ts';
import { Stopwatch } from '../../ports/stopwatch.ts';
import { processImages } from '../preprocess/imageProcessor.ts';
import { distinctFrames } from './encodeFrames.ts';
import type { Embedder } from './loadEmbedder.ts';

/** Frames of a segment that are looked at for search. */
const FRAMES = 8;

/**
 * A clip as one vector for search: the mean of its frames' vectors, brought to unit length.
 * @throws PlayheadError `no-video` for sound alone; the reason of `signal`
 */
export async function embedClip(embedder: Embedder, clip: Clip, signal?: AbortSignal): Promise<EmbedOutput> {
  if (clip.kind === 'audio') {
    throw new PlayheadError({
      code: 'no-video',
      message: 'Sound alone has no place in search by picture.',
      file: clip.path,
    });
  }
  const clock = new Stopwatch();
  const range = clip.kind === 'image' ? {} : { segment: clip.segment };
  const { frames } = await clock.time('decode frames', async () => {
    const media = await openMedia(clip.path, { signal });
    return media.sampledFrames({ ...range, numFrames: FRAMES, signal });
  });
  const { distinct, indices } = distinctFrames(frames);
  const pixelValues = await clock.time('preprocess frames', () =>
    processImages(distinct, embedder.manifest.preprocessing.vision),
  ); // (T', 3, S, S)
  signal?.throwIfAborted();
  const embeds = await clock.time('image encoder', () => embedder.dualEncoder.embedImages(pixelValues)); // T' × (E)
  return {
    vector: meanDirection(indices.map((index) => embeds[index] as Float32Array)),
    timings: clock.timings,
  };
}

/** The mean of vectors, at unit length. */
export function meanDirection(vectors: readonly Float32Array[]): number[] {
  const sum = new Array<number>(vectors[0]?.length ?? 0).fill(0);
  for (const vector of vectors) for (const [i, value] of vector.entries()) sum[i] = (sum[i] as number) + value;
  const length = Math.hypot(...sum) || 1;
  return sum.map((value) => value / length);
}
