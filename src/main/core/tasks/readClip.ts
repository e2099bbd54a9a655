import { stat } from 'node:fs/promises';
import { PlayheadError } from '../../../contract/errors.ts';
import { prefillInChunks } from '../generate/prefill.ts';
import { decodeSampledFrames } from '../media/decodeFrames.ts';
import { decodeWaveform } from '../media/decodeWaveform.ts';
import type { FloatTensor } from '../model/session.ts';
import type { Clip } from '../ports/modelHostApi.ts';
import { SAMPLE_RATE, splitIntoWindows } from '../preprocess/audioClips.ts';
import type { ChosenModality } from './chooseModality.ts';
import { encodeFrames } from './encodeFrames.ts';
import { encodeSound, joinTokens } from './encodeSound.ts';
import type { VideoLlama } from './loadVideoLlama.ts';
import type { ClipPrefix } from './prefixStore.ts';
import type { StageClock } from './stageClock.ts';

export interface ReadClipOptions {
  clock: StageClock;
  /** "reading frames", "looking", "listening", "reading the prompt". */
  onStage?: (stage: string) => void;
  signal?: AbortSignal;
}

/**
 * A clip to the language model's state after it: frames and sound to tokens, tokens to keys and values.
 * With both senses the video tokens come first, then the audio tokens.
 * @param before ids of the text in front of the media
 * @returns null when `signal` ended it
 */
export async function readClip(
  model: VideoLlama,
  clip: Clip,
  modality: ChosenModality,
  before: readonly number[],
  options: ReadClipOptions,
): Promise<ClipPrefix | null> {
  // Sound is decoded beside the frames: both wait for ffmpeg, not for the networks.
  const waveform = modality === 'video' ? null : decodeSound(model, clip, options);
  waveform?.catch(() => {}); // an error is told when its turn comes, or another one was first
  const seen = modality === 'audio' ? nothing : await look(model, clip, options);
  const heard = seen === null || waveform === null ? nothing : await listen(model, await waveform, options);
  if (seen === null || heard === null) return null;

  options.onStage?.('reading the prompt');
  const { languageModel } = model;
  const text: FloatTensor = { data: languageModel.embed(before), dims: [before.length, languageModel.hiddenSize] };
  const { data: inputsEmbeds } = joinTokens([text, seen.tokens, heard.tokens]); // (before + L + N, D)
  const cache = languageModel.newCache();
  const decoder = languageModel.continueFrom(cache);
  const read = await options.clock.time('prefill media', () => prefillInChunks(decoder, inputsEmbeds, options));
  if (read === null) return null;
  return { cache, length: cache.length, frames: seen.count, audioSeconds: heard.count };
}

/** What a sense gave: tokens (L, D), and how many frames or seconds they stand for. */
interface Sensed {
  tokens: FloatTensor;
  count: number;
}

const nothing: Sensed = { tokens: { data: new Float32Array(0), dims: [0, 0] }, count: 0 };

async function look(
  model: VideoLlama,
  clip: Clip,
  { clock, onStage, signal }: ReadClipOptions,
): Promise<Sensed | null> {
  onStage?.('reading frames');
  const { numFrames } = model.manifest.architecture;
  const { frames } = await clock.time('decode frames', () =>
    decodeSampledFrames(clip.path, { ...rangeOf(clip), numFrames, kind: clip.kind, signal }),
  );
  onStage?.('looking');
  const repeated = clip.kind === 'image' && frames.length === 1 ? Array(numFrames).fill(frames[0]) : frames;
  const tokens = await encodeFrames(model, repeated, clock, signal);
  return tokens && { tokens, count: clip.kind === 'image' ? 1 : frames.length };
}

/** @returns 16 kHz, mono; as the reference, the first channel of a sound file and all channels of a video */
async function decodeSound(model: VideoLlama, clip: Clip, { clock, signal }: ReadClipOptions): Promise<Float32Array> {
  if (model.audioTower === null) throw cannotHear(clip);
  const channel = clip.kind === 'audio' ? 'first' : 'mix';
  return clock.time('decode sound', () => decodeWaveform(clip.path, { ...rangeOf(clip), channel, signal }));
}

async function listen(
  { audioTower, manifest }: VideoLlama,
  waveform: Float32Array,
  { clock, onStage, signal }: ReadClipOptions,
): Promise<Sensed | null> {
  const { audio } = manifest.architecture;
  if (audioTower === null || audio === null) return nothing;
  onStage?.('listening');
  const tokens = await encodeSound(audioTower, splitIntoWindows(waveform, audio.windowSeconds), clock, signal);
  return tokens && { tokens, count: waveform.length / SAMPLE_RATE };
}

/** An image has no time. */
function rangeOf(clip: Clip): Pick<Clip, 'segment'> | object {
  return clip.kind === 'image' ? {} : { segment: clip.segment };
}

/** Names a clip as it was read: another file under the same path, another stretch or other senses are another clip. */
export async function clipKey(clip: Clip, modality: ChosenModality): Promise<string> {
  const { size, mtimeMs } = await stat(clip.path).catch((cause: unknown) => {
    throw new PlayheadError(
      { code: 'file-not-found', message: 'This file is not there any more.', file: clip.path },
      { cause },
    );
  });
  return JSON.stringify([clip.path, size, mtimeMs, clip.segment.startSec, clip.segment.endSec, modality]);
}

function cannotHear(clip: Clip): PlayheadError {
  return new PlayheadError({ code: 'invalid-input', message: 'This model cannot hear.', file: clip.path });
}
