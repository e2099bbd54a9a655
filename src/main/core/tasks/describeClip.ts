import { openMedia } from '../media/openMedia.ts';
import { describePicture } from '../model/domain/descriptors.ts';
import type { ClipDescriptors } from '../model/domain/judgeDomain.ts';
import type { Clip } from '../ports/modelHostApi.ts';
import { splitIntoWindows } from '../preprocess/audioClips.ts';
import { computeFbank, normaliseFbank } from '../preprocess/fbank.ts';
import { describeWindows } from './describeWindows.ts';
import { mostFigures, seeFrames } from './encodeFrames.ts';
import type { VideoLlama } from './loadVideoLlama.ts';
import { createStageClock } from './stageClock.ts';

/** What a bounded world is measured on: the same descriptors that `readClip` judges, without reading the clip. */
export async function describeClip(model: VideoLlama, clip: Clip): Promise<ClipDescriptors> {
  const sight = clip.kind === 'audio' ? { picture: [], figures: null } : await describeSight(model, clip);
  return {
    ...sight,
    sound: clip.hasAudio ? await describeHearing(model, clip) : [],
  };
}

async function describeSight(
  model: VideoLlama,
  { path, segment }: Clip,
): Promise<Pick<ClipDescriptors, 'picture' | 'figures'>> {
  const { numFrames } = model.manifest.architecture;
  const { frames } = await (await openMedia(path)).sampledFrames({ segment, numFrames });
  const features = await seeFrames(model, frames, createStageClock());
  return { picture: [describePicture(features)], figures: mostFigures(model, frames) };
}

async function describeHearing({ manifest }: VideoLlama, { path, kind, segment }: Clip): Promise<Float32Array[]> {
  const { audio } = manifest.architecture;
  if (audio === null) return [];
  const media = await openMedia(path);
  const waveform = await media.sound({ segment, channel: kind === 'audio' ? 'first' : 'mix' });
  const windows = splitIntoWindows(waveform, audio.windowSeconds);
  const { descriptors, add } = describeWindows(waveform.length, windows);
  for (const window of windows) add(normaliseFbank(computeFbank(window).data));
  return descriptors;
}
