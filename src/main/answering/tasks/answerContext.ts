/** One question about one clip: what all the steps of its answer share. */
import { isPlaced } from '../../../contract/index.ts';
import type { AnswerOptions, AnswerOutput, Clip } from '../../ports/modelHostApi.ts';
import type { Stopwatch } from '../../ports/stopwatch.ts';
import type { Further } from '../model/questions/frame.ts';
import type { ChosenModality } from './chooseModality.ts';
import type { VideoLlama } from './loadVideoLlama.ts';
import type { ClipPrefix } from './prefixStore.ts';

export interface AnswerContext {
  model: VideoLlama;
  clip: Clip;
  modality: ChosenModality;
  options: AnswerOptions;
  clock: Stopwatch;
  /** Puts one question more to the model. The clip is remembered after the first: each more reads its own few words. */
  ask(next: Further, hooks?: Pick<AnswerOptions, 'onStage'>): Promise<AnswerOutput>;
}

type Provenance = AnswerOutput['provenance'];

/** In place of an answer: the model's own words would be an invention. */
export function declineAnswer(
  context: AnswerContext,
  text: string,
  stopReason: Provenance['stopReason'],
  read?: ClipPrefix,
): AnswerOutput {
  context.options.onText?.(text);
  return { text, provenance: provenanceOf(context, { promptTokens: 0, newTokens: 0, stopReason }, read) };
}

/** @param read left out where the clip was not read */
export function provenanceOf(
  { model, clip, modality, clock }: AnswerContext,
  { promptTokens, newTokens, stopReason }: Pick<Provenance, 'promptTokens' | 'newTokens' | 'stopReason'>,
  read?: ClipPrefix,
): Provenance {
  const parts = model.parts();
  return {
    model: model.manifest.name,
    provider: model.provider(),
    ...(isPlaced(parts) ? { parts } : {}),
    modality,
    segment: clip.segment,
    frames: read?.frames ?? 0,
    audioSeconds: read?.audioSeconds ?? 0,
    promptTokens,
    newTokens,
    timings: clock.timings,
    stopReason,
    ...(read?.domain ? { domain: read.domain } : {}),
  };
}
