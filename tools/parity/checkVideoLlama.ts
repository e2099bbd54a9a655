/** Every stage of a VideoLLaMA 2 checkpoint against the reference, each fed with our own output of the one before. */
import { join } from 'node:path';
import { generateTokens } from '../../src/main/answering/generate/generateTokens.ts';
import { prefillInChunks } from '../../src/main/answering/generate/prefill.ts';
import { resolveSettings } from '../../src/main/answering/generate/settings.ts';
import type { FloatTensor } from '../../src/main/answering/model/session.ts';
import { padToWindow, referenceEightClips } from '../../src/main/answering/preprocess/audioClips.ts';
import { computeFbank, normaliseFbank } from '../../src/main/answering/preprocess/fbank.ts';
import { processImages } from '../../src/main/answering/preprocess/imageProcessor.ts';
import { type ModalToken, tokenizeMediaPrompt } from '../../src/main/answering/preprocess/text/mediaPrompt.ts';
import { joinTokens } from '../../src/main/answering/tasks/encodeSound.ts';
import { loadVideoLlama, type VideoLlama } from '../../src/main/answering/tasks/loadVideoLlama.ts';
import { compareIds, compareProvider, compareTensor, type StageResult } from './compare.ts';
import {
  type ExpectedCase,
  type ExpectedTensors,
  floats,
  framesOf,
  readExpectedCases,
  readExpectedTensors,
} from './expected.ts';

export interface CheckOptions {
  checkpointFolder: string;
  bundleFolder: string;
  providers: string[];
  tolerance: number;
  onNotice?: (notice: string) => void;
  /** Only the first so many cases; all when left out. */
  cases?: number;
}

/** Media tokens of every kind of case. */
interface MediaTokens {
  video: FloatTensor;
  image: FloatTensor | null;
  /** The whole track, padded: `audio` cases. */
  audio: FloatTensor | null;
  /** The eight clips, padded: `audio-video` cases. */
  eightClips: FloatTensor | null;
}

const modalTokens: Record<ExpectedCase['modal'], ModalToken> = {
  video: '<video>',
  image: '<image>',
  audio: '<audio>',
  'audio-video': '<video>',
};

export async function* checkVideoLlama(options: CheckOptions): AsyncGenerator<StageResult> {
  const model = await loadVideoLlama(options);
  try {
    const tensors = await readExpectedTensors(join(options.checkpointFolder, 'expected.safetensors'));
    const { cases, system_message } = await readExpectedCases(options.checkpointFolder);
    const pass = model.manifest.systemMessage === system_message;
    yield { stage: 'system message', relativeError: null, tolerance: null, pass };

    const media = yield* checkMedia(model, tensors, options.tolerance);
    for (const [i, expected] of cases.slice(0, options.cases).entries()) {
      const firstLogits = floats(tensors, `case${i}.first_logits`);
      yield* checkCase(model, media, { ...expected, index: i, firstLogits }, options.tolerance);
    }
    for (const notice of model.notices) options.onNotice?.(notice);
    yield compareProvider(model.provider(), options.providers);
  } finally {
    await model.close();
  }
}

async function* checkMedia(
  model: VideoLlama,
  tensors: ExpectedTensors,
  tolerance: number,
): AsyncGenerator<StageResult, MediaTokens> {
  const compare = (name: string, ours: Float32Array) => compareTensor(name, ours, floats(tensors, name), tolerance);
  const frames = framesOf(tensors);
  const pixelValues = processImages(frames, model.manifest.preprocessing.vision);
  yield compare('pixel_values', pixelValues);
  const features = await model.visionTower.encode(pixelValues);
  yield compare('vision_features', features.data);
  const video = await model.connector.connect(features);
  yield compare('video_tokens', video.data);

  const media: MediaTokens = { video, image: null, audio: null, eightClips: null };
  if (tensors.has('image_tokens')) {
    media.image = await imageTokens(model, features);
    yield compare('image_tokens', media.image.data);
  }
  if (model.audioTower && tensors.has('waveform_16k')) yield* checkSound(model, tensors, media, compare);
  return media;
}

/** The first frame, as a picture that is repeated for all frames. */
function imageTokens(model: VideoLlama, { data, dims }: FloatTensor): Promise<FloatTensor> {
  const [frames, patches, width] = dims as [number, number, number];
  const first = data.subarray(0, patches * width);
  const repeated = new Float32Array(data.length);
  for (let t = 0; t < frames; t++) repeated.set(first, t * first.length);
  return model.connector.connect({ data: repeated, dims });
}

async function* checkSound(
  model: VideoLlama,
  tensors: ExpectedTensors,
  media: MediaTokens,
  compare: (name: string, ours: Float32Array) => StageResult,
): AsyncGenerator<StageResult> {
  const { audioTower, manifest } = model;
  if (audioTower === null || manifest.architecture.audio === null) return;
  const { windowSeconds } = manifest.architecture.audio;
  const waveform = floats(tensors, 'waveform_16k');
  const encode = async (window: Float32Array) => {
    const { data, frames } = computeFbank(window);
    const features = await audioTower.encode(normaliseFbank(data), frames);
    return { fbank: data, features, tokens: await audioTower.project(features) };
  };
  const eight = await encode(padToWindow(referenceEightClips(waveform), windowSeconds));
  yield compare('fbank', eight.fbank);
  yield compare('audio_features', eight.features.data);
  yield compare('audio_tokens', eight.tokens.data);
  media.eightClips = eight.tokens;
  media.audio = (await encode(padToWindow(waveform, windowSeconds))).tokens;
}

async function* checkCase(
  model: VideoLlama,
  media: MediaTokens,
  expected: ExpectedCase & { index: number; firstLogits: Float32Array },
  tolerance: number,
): AsyncGenerator<StageResult> {
  const name = `case ${expected.index} (${expected.modal})`;
  const { languageModel } = model;
  const prompt = tokenizeMediaPrompt(model.tokenizer, model.chatTemplate, {
    modalToken: modalTokens[expected.modal],
    question: expected.question,
    systemMessage: model.manifest.systemMessage,
  });
  yield compareIds(`${name} input_ids`, prompt.inputIds, expected.input_ids);

  const decoder = languageModel.continueFrom(languageModel.newCache());
  const { data: inputsEmbeds } = joinTokens([
    embedded(model, prompt.before),
    ...tokensOf(media, expected.modal),
    embedded(model, prompt.after),
  ]); // (s, D)
  const logits = await prefillInChunks(decoder, inputsEmbeds); // (V)
  yield compareIds(`${name} sequence_length`, [decoder.length], [expected.sequence_length]);
  yield compareTensor(`${name} first_logits`, logits, expected.firstLogits, tolerance);

  const settings = resolveSettings({ maxNewTokens: expected.greedy_ids.length }, model.generationDefaults);
  const greedyIds: number[] = [];
  for await (const id of generateTokens(decoder, logits, settings)) greedyIds.push(id);
  const withoutEos = expected.greedy_ids.filter((id) => !settings.eosTokenIds.includes(id));
  yield compareIds(`${name} greedy tokens`, greedyIds, withoutEos);
}

function embedded({ languageModel }: VideoLlama, ids: readonly number[]): FloatTensor {
  return { data: languageModel.embed(ids), dims: [ids.length, languageModel.hiddenSize] };
}

function tokensOf(media: MediaTokens, modal: ExpectedCase['modal']): FloatTensor[] {
  const parts: Record<ExpectedCase['modal'], (FloatTensor | null)[]> = {
    video: [media.video],
    image: [media.image],
    audio: [media.audio],
    'audio-video': [media.video, media.eightClips],
  };
  return parts[modal].map((part) => {
    if (part === null) throw new Error(`this model has no tokens for a case of ${modal}`);
    return part;
  });
}
