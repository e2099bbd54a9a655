import { openMedia } from '../../media/openMedia.ts';
import type { Clip } from '../../ports/modelHostApi.ts';
import { Stopwatch } from '../../ports/stopwatch.ts';
import { type ClipDescriptors, joinSenses, noDescriptors } from '../model/domain/judgeDomain.ts';
import { splitIntoWindows } from '../preprocess/audioClips.ts';
import { computeFbank, normaliseFbank } from '../preprocess/fbank.ts';
import { describeHearing } from './describeHearing.ts';
import { describeSight } from './describeSight.ts';
import { seeFrames } from './encodeFrames.ts';
import type { VideoLlama } from './loadVideoLlama.ts';

/** What a bounded world is measured on: the same descriptors that `readClip` judges, without reading the clip. */
export async function describeClip(model: VideoLlama, clip: Clip): Promise<ClipDescriptors> {
  const seen = clip.kind === 'audio' ? noDescriptors : await look(model, clip);
  return joinSenses(seen, clip.hasAudio ? await listen(model, clip) : noDescriptors);
}

async function look(model: VideoLlama, { path, segment }: Clip): Promise<ClipDescriptors> {
  const { numFrames } = model.manifest.architecture;
  const { frames } = await (await openMedia(path)).sampledFrames({ segment, numFrames });
  const features = await seeFrames(model, frames, new Stopwatch());
  return describeSight(frames, features);
}

async function listen({ manifest }: VideoLlama, { path, kind, segment }: Clip): Promise<ClipDescriptors> {
  const { audio } = manifest.architecture;
  if (audio === null) return noDescriptors;
  const media = await openMedia(path);
  const waveform = await media.sound({ segment, channel: kind === 'audio' ? 'first' : 'mix' });
  const hearing = describeHearing(waveform.length);
  for (const window of splitIntoWindows(waveform, audio.windowSeconds)) {
    hearing.add(normaliseFbank(computeFbank(window).data));
  }
  return hearing.done();
}
