import { stat } from 'node:fs/promises';
import { PlayheadError } from '../../../contract/errors.ts';
import { openMedia } from '../../media/openMedia.ts';
import type { Clip } from '../../ports/modelHostApi.ts';
import type { RgbImage } from '../../ports/rgbImage.ts';
import type { Stopwatch } from '../../ports/stopwatch.ts';
import { prefillInChunks } from '../generate/prefill.ts';
import { releaseCache } from '../model/cacheKeeper.ts';
import type { CachedDecoder } from '../model/decoder.ts';
import { disposeAll } from '../model/deviceFeatures.ts';
import { type ClipDescriptors, joinSenses, judgeDomain, noDescriptors } from '../model/domain/judgeDomain.ts';
import type { FloatTensor } from '../model/session.ts';
import { DeviceTensor } from '../model/tensors.ts';
import { heardByReference, SAMPLE_RATE, splitIntoWindows } from '../preprocess/audioClips.ts';
import type { ChosenModality } from './chooseModality.ts';
import { describeHearing } from './describeHearing.ts';
import { describeSight } from './describeSight.ts';
import { encodeFrames, preparedFrames, seeFrames } from './encodeFrames.ts';
import { encodeSound, encodeSoundOnDevice, joinTokens } from './encodeSound.ts';
import type { VideoLlama } from './loadVideoLlama.ts';
import type { ClipPrefix } from './prefixStore.ts';
import { prefillFromDevice, roomForHearing, roomForSight, seeOnDevice, type Tokens } from './senseOnDevice.ts';

/** What of a clip is read. */
export interface ReadClipKey {
  clip: Clip;
  modality: ChosenModality;
  /** As many as the model was trained with when left out. */
  frames?: number | undefined;
}

/** A clip, the senses that are used of it, and the ids of the text in front of its media. */
export interface ClipToRead extends ReadClipKey {
  before: readonly number[];
}

export interface ReadClipOptions {
  clock: Stopwatch;
  /** "reading frames", "looking", "listening", "reading the prompt". */
  onStage?: (stage: string) => void;
  signal?: AbortSignal;
}

/**
 * A clip to the language model's state after it: frames and sound to tokens, tokens to keys and values.
 * With both senses the video tokens come first, then the audio tokens.
 */
export async function readClip(
  model: VideoLlama,
  { clip, modality, frames, before }: ClipToRead,
  options: ReadClipOptions,
): Promise<ClipPrefix> {
  // Sound is decoded beside the frames: both wait for ffmpeg, not for the networks.
  const waveform = modality === 'video' ? null : decodeSound(model, clip, options);
  waveform?.catch(() => {}); // an error is told when its turn comes, or another one was first
  const looking = { ...options, frames };
  const seen = modality === 'audio' ? await describeFrames(model, clip, looking) : await look(model, clip, looking);
  const hearing = waveform === null ? nothing : waveform.then((sound) => listen(model, sound, options));
  const audio = await Promise.resolve(hearing).catch((thrown: unknown) => {
    disposeAll([seen.tokens]);
    throw thrown;
  });
  // Frames and sound lie outside the collector's heap: by itself it would keep tens of megabytes of each clip for long.
  globalThis.gc?.();

  options.onStage?.('reading the prompt');
  const { languageModel } = model;
  const text: FloatTensor = { data: languageModel.embed(before), dims: [before.length, languageModel.hiddenSize] };
  const cache = languageModel.newCache();
  const decoder = languageModel.continueFrom(cache);
  const parts = [text, seen.tokens, audio.tokens]; // (before + L + N, D)
  const prefilling = options.clock.time('prefill media', () => prefillMedia(model, decoder, parts, options.signal));
  await prefilling.catch((thrown: unknown) => {
    releaseCache(cache);
    throw thrown;
  });
  const domain = model.domain && judgeDomain(model.domain, joinSenses(seen.descriptors, audio.descriptors));
  return { cache, length: cache.length, frames: seen.count, audioSeconds: audio.count, domain };
}

async function prefillMedia(
  { deviceFeatures }: Pick<VideoLlama, 'deviceFeatures'>,
  decoder: CachedDecoder,
  parts: readonly Tokens[],
  signal?: AbortSignal,
): Promise<void> {
  const onHost = parts.filter((part): part is FloatTensor => !(part instanceof DeviceTensor));
  if (deviceFeatures !== null && onHost.length < parts.length)
    await prefillFromDevice(decoder, parts, deviceFeatures, signal);
  else await prefillInChunks(decoder, joinTokens(onHost).data, { signal });
}

/** What a sense gave: tokens (L, D), how many frames or seconds they stand for, and what a bounded world compares. */
interface Sensed {
  tokens: Tokens;
  count: number;
  descriptors: ClipDescriptors;
}

type LookOptions = ReadClipOptions & Pick<ReadClipKey, 'frames'>;

const nothing: Sensed = {
  tokens: { data: new Float32Array(0), dims: [0, 0] },
  count: 0,
  descriptors: noDescriptors,
};

/** A question about the sound alone: what is seen tells what sort of footage it is, and that is all it is used for. */
async function describeFrames(model: VideoLlama, clip: Clip, options: LookOptions): Promise<Sensed> {
  if (model.domain === null || clip.kind !== 'video') return nothing;
  const frames = await readFrames(model, clip, options);
  const features = await seeFrames(model, frames, options.clock, options.signal);
  return { ...nothing, descriptors: describeSight(frames, features) };
}

async function look(model: VideoLlama, clip: Clip, options: LookOptions): Promise<Sensed> {
  options.onStage?.('reading frames');
  const frames = await readFrames(model, clip, options);
  options.onStage?.('looking');
  const count = clip.kind === 'image' ? 1 : frames.length;
  const room = roomForSight(model);
  if (room !== null && frames.length === model.manifest.architecture.numFrames) {
    const tokens = await seeOnDevice(model, await preparedFrames(model, frames, options.clock), room, options);
    if (tokens !== null) return { ...nothing, tokens, count };
  }
  const encoded = await encodeFrames(model, frames, options.clock, options.signal);
  const { tokens, features } = encoded;
  if (model.domain === null) return { ...nothing, tokens, count };
  return { tokens, count, descriptors: describeSight(frames, features) };
}

/** Frames spread over the clip; a picture as often as a video has frames. */
async function readFrames(
  { manifest }: Pick<VideoLlama, 'manifest'>,
  clip: Clip,
  { clock, signal, frames: wanted }: LookOptions,
): Promise<RgbImage[]> {
  const numFrames = wanted ?? manifest.architecture.numFrames;
  const { frames } = await clock.time('decode frames', async () => {
    const media = await openMedia(clip.path, { signal });
    return media.sampledFrames({ ...rangeOf(clip), numFrames, signal });
  });
  return clip.kind === 'image' && frames.length === 1 ? Array(numFrames).fill(frames[0]) : frames;
}

/** @returns 16 kHz, mono; as the reference, the first channel of a sound file and all channels of a video */
async function decodeSound(model: VideoLlama, clip: Clip, { clock, signal }: ReadClipOptions): Promise<Float32Array> {
  if (model.audioTower === null) throw cannotHear(clip);
  const channel = clip.kind === 'audio' ? 'first' : 'mix';
  return clock.time('decode sound', async () => {
    const media = await openMedia(clip.path, { signal, soundTrack: clip.soundTrack });
    const waveform = await media.sound({ ...rangeOf(clip), channel, signal });
    return clip.isHeardAsReference ? heardByReference(waveform, clip.kind) : waveform;
  });
}

async function listen(model: VideoLlama, waveform: Float32Array, options: ReadClipOptions): Promise<Sensed> {
  const { audioTower, manifest, domain } = model;
  const { clock, onStage, signal } = options;
  const { audio } = manifest.architecture;
  if (audioTower === null || audio === null) return nothing;
  onStage?.('listening');
  const windows = splitIntoWindows(waveform, audio.windowSeconds);
  const seconds = waveform.length / SAMPLE_RATE;
  const room = roomForHearing(model);
  const there = room && (await encodeSoundOnDevice(audioTower, windows, room, options));
  if (there !== null) return { ...nothing, tokens: there, count: seconds };
  const hearing = domain && describeHearing(waveform.length);
  const tokens = await encodeSound(audioTower, windows, clock, { signal, onFbank: hearing?.add });
  return { tokens, count: seconds, descriptors: hearing?.done() ?? noDescriptors };
}

/** An image has no time. */
function rangeOf(clip: Clip): Pick<Clip, 'segment'> | object {
  return clip.kind === 'image' ? {} : { segment: clip.segment };
}

/** Names a clip as it was read: another file under the same path, another stretch, other senses or frames are another clip. */
export async function clipKey({ clip, modality, frames }: ReadClipKey): Promise<string> {
  const { size, mtimeMs } = await stat(clip.path).catch((cause: unknown) => {
    throw new PlayheadError(
      { code: 'file-not-found', message: 'This file is not there any more.', file: clip.path },
      { cause },
    );
  });
  return JSON.stringify([
    clip.path,
    size,
    mtimeMs,
    clip.segment.startSec,
    clip.segment.endSec,
    modality,
    ...(frames === undefined ? [] : [frames]),
    clip.isHeardAsReference ?? false,
    ...soundOf(clip),
  ]);
}

/** The file's own choice has no mark, as in the keys of earlier versions. */
function soundOf({ soundTrack }: Clip): string[] {
  return soundTrack === undefined ? [] : [`sound ${soundTrack}`];
}

function cannotHear(clip: Clip): PlayheadError {
  return new PlayheadError({ code: 'invalid-input', message: 'This model cannot hear.', file: clip.path });
}
