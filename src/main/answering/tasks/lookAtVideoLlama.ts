/** The slice of input that each part of a VideoLLaMA 2 bundle is compared on: two frames, a window of sound, a question. */

import { join } from 'node:path';
import { openMedia } from '../../media/openMedia.ts';
import type { VideoLlamaManifest } from '../../models/bundleManifest.ts';
import { greedy } from '../generate/sampler.ts';
import { type AudioTower, openAudioTower } from '../model/audioTower.ts';
import { releaseCache } from '../model/cacheKeeper.ts';
import { openConnector } from '../model/connector.ts';
import { openLanguageModel } from '../model/decoder.ts';
import type { Outputs } from '../model/look/compareProviders.ts';
import type { FloatTensor } from '../model/session.ts';
import { openVisionTower } from '../model/visionTower.ts';
import { splitIntoWindows } from '../preprocess/audioClips.ts';
import { computeFbank, normaliseFbank } from '../preprocess/fbank.ts';
import { processImages } from '../preprocess/imageProcessor.ts';
import type { MediaPrompt } from '../preprocess/text/mediaPrompt.ts';
import { joinTokens } from './encodeSound.ts';
import type { Judge } from './lookAtParts.ts';

/** As few as a connector over time takes. */
const FRAMES = 2;
/** Of the prompt: more than 64 positions in all, since operators change their ways at 32 and at 64. */
const slice = { before: 12, video: 40, audio: 12, after: 16, tokens: 4 };

export interface Looked {
  bundleFolder: string;
  manifest: VideoLlamaManifest;
  prompt: MediaPrompt;
}

/** @param clip a file with picture and sound */
export async function lookAtVideoLlama(looked: Looked, judge: Judge, clip: string): Promise<void> {
  const video = await lookAtSight(looked, judge, clip);
  const audio = await lookAtHearing(looked, judge, clip);
  await lookAtLanguage(looked, judge, { video, audio });
}

/** @returns video_tokens (L, D) */
async function lookAtSight({ bundleFolder, manifest }: Looked, judge: Judge, clip: string): Promise<FloatTensor> {
  const media = await openMedia(clip);
  const { frames } = await media.sampledFrames({ numFrames: FRAMES });
  const pixelValues = processImages(frames, manifest.preprocessing.vision);
  const { vision, connector } = manifest.graphs;
  const seen = await judge('vision', {
    open: (options) => openVisionTower(bundleFolder, manifest, options),
    run: async (tower) => ({ features: (await tower.encode(pixelValues)).data }),
    ...graphOf(bundleFolder, vision),
  });
  const { tokensPerFrame, width } = manifest.architecture.vision;
  const features = { data: seen.features as Float32Array, dims: [frames.length, tokensPerFrame, width] };
  const connected = await judge('connector', {
    open: (options) => openConnector(bundleFolder, manifest, options),
    run: async (network) => ({ tokens: (await network.connect(features)).data }),
    ...graphOf(bundleFolder, connector),
  });
  return tokensOf(connected, manifest);
}

/** @returns audio_tokens (N, D), none of a model that only sees */
async function lookAtHearing({ bundleFolder, manifest }: Looked, judge: Judge, clip: string): Promise<FloatTensor> {
  const { audio, audioProjector } = manifest.graphs;
  const { windowSeconds = 0, width = 0 } = manifest.architecture.audio ?? {};
  if (audio === null || audioProjector === null) return { data: new Float32Array(), dims: [0, 0] };
  const waveform = await (await openMedia(clip)).sound({ channel: 'mix' });
  const { data, frames } = computeFbank(splitIntoWindows(waveform, windowSeconds)[0] as Float32Array);
  const fbank = normaliseFbank(data);
  const onCpu = { providers: ['cpu'] };
  const audioRun = await judge('audio', {
    open: async (options) => present(await openAudioTower(bundleFolder, manifest, options, onCpu)),
    run: async (tower) => ({ features: (await tower.encode(fbank, frames)).data }),
    ...graphOf(bundleFolder, audio),
  });
  const features = audioRun.features as Float32Array;
  const projected = await judge('audioProjector', {
    open: async (options) => projectorOf(present(await openAudioTower(bundleFolder, manifest, onCpu, options))),
    run: async ({ project }) => ({
      tokens: (await project({ data: features, dims: [features.length / width, width] })).data,
    }),
    ...graphOf(bundleFolder, audioProjector),
  });
  return tokensOf(projected, manifest);
}

/** The beginning of a prompt in one run, then a few tokens after it, of which the first is compared. */
async function lookAtLanguage(
  { bundleFolder, manifest, prompt }: Looked,
  judge: Judge,
  media: { video: FloatTensor; audio: FloatTensor },
): Promise<void> {
  let next: number | null = null;
  await judge('decoder', {
    open: (options) => openLanguageModel(bundleFolder, manifest, options),
    async run(model) {
      const embedded = (ids: number[]): FloatTensor => ({
        data: model.embed(ids),
        dims: [ids.length, model.hiddenSize],
      });
      const { data: inputsEmbeds } = joinTokens([
        embedded(prompt.before.slice(-slice.before)),
        first(media.video, slice.video),
        first(media.audio, slice.audio),
        embedded(prompt.after.slice(0, slice.after)),
      ]);
      const cache = model.newCache();
      const decoder = model.continueFrom(cache);
      const logits = Float32Array.from(await decoder.prefill(inputsEmbeds));
      next ??= greedy(logits); // the CPU's, for both
      const decoded = Float32Array.from(await decoder.decodeStep(next));
      // Of an answer, reading is most of the time, but not all.
      for (let step = 1; step < slice.tokens; step++) await decoder.decodeStep(next);
      releaseCache(cache);
      return { prefill: logits, 'decode step': decoded };
    },
    ...graphOf(bundleFolder, manifest.graphs.decoder),
  });
}

function graphOf<Graph extends { file: string }>(bundleFolder: string, graph: Graph) {
  return { graph, graphFile: join(bundleFolder, graph.file) };
}

function tokensOf({ tokens }: Outputs, { architecture }: VideoLlamaManifest): FloatTensor {
  const { hiddenSize } = architecture.language;
  const data = tokens as Float32Array;
  return { data, dims: [data.length / hiddenSize, hiddenSize] };
}

/** The first so many rows. */
function first({ data, dims }: FloatTensor, count: number): FloatTensor {
  const [rows = 0, width = 0] = dims;
  const taken = Math.min(rows, count);
  return { data: data.subarray(0, taken * width), dims: [taken, width] };
}

/** A bundle with both graphs has the tower. */
function present(tower: AudioTower | null): AudioTower {
  if (tower === null) throw new Error('the manifest names an audio tower, and none was opened');
  return tower;
}

/** The second of the tower's two networks. */
function projectorOf(tower: AudioTower) {
  const { project, close } = tower;
  return {
    get provider() {
      return tower.projectorProvider;
    },
    project,
    close,
  };
}
