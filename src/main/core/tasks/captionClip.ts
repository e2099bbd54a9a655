import type { AnswerOptions, AnswerOutput, CaptionInput } from '../ports/modelHostApi.ts';
import { answerQuestion } from './answerQuestion.ts';
import { captionQuestion } from './captionQuestion.ts';
import type { VideoLlama } from './loadVideoLlama.ts';
import type { PrefixStore } from './prefixStore.ts';

/** A caption is the answer to one fixed question, so that it shares the clip's prefix with the questions that follow. */
export function captionClip(
  model: VideoLlama,
  prefixes: PrefixStore,
  input: CaptionInput,
  options: AnswerOptions = {},
): Promise<AnswerOutput> {
  const question = captionQuestion(input.clip);
  return answerQuestion(model, prefixes, { ...input, question, modality: 'auto' }, options);
}
