import type { AnswerOptions, AnswerOutput, CaptionInput } from '../../ports/modelHostApi.ts';
import { type Answering, answerQuestion } from './answerQuestion.ts';
import { captionQuestion } from './captionQuestion.ts';

/** A caption is the answer to one fixed question, so that it shares the clip's prefix with the questions that follow. */
export function captionClip(
  answering: Answering,
  input: CaptionInput,
  options: AnswerOptions = {},
): Promise<AnswerOutput> {
  const question = captionQuestion(input.clip);
  return answerQuestion(answering, { ...input, question, modality: 'auto' }, options);
}
