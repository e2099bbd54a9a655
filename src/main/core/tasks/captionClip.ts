import type { GenerationOptions } from '../../../contract/index.ts';
import type { AnswerOutput, Clip } from '../ports/modelHostApi.ts';
import { type AnswerHooks, answerQuestion } from './answerQuestion.ts';
import { captionQuestion } from './captionQuestion.ts';
import type { VideoLlama } from './loadVideoLlama.ts';
import type { PrefixStore } from './prefixStore.ts';

/** A caption is the answer to one fixed question, so that it shares the clip's prefix with the questions that follow. */
export function captionClip(
  model: VideoLlama,
  prefixes: PrefixStore,
  clip: Clip,
  generation?: GenerationOptions,
  hooks: AnswerHooks = {},
): Promise<AnswerOutput> {
  return answerQuestion(
    model,
    prefixes,
    { clip, question: captionQuestion(clip), modality: 'auto', generation },
    hooks,
  );
}
