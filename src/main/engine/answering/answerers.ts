/** Who answers a question. Adding one: its file here, its place in this list. */
import type { AnswerOutput } from '../../ports/modelHostApi.ts';
import { type AnswerContext, type AnswerListener, type AnswerNeeds, answerAbout } from './answerAbout.ts';
import { answerFromIndex } from './answerFromIndex.ts';
import type { Asked } from './asked.ts';

/** @returns null for who has nothing to say to it */
export type Answerer = (
  needs: AnswerNeeds,
  context: AnswerContext,
  asked: Asked,
  listener: AnswerListener,
) => Promise<AnswerOutput | null>;

/** In this order, until one knows: the active model, then what is in the index. */
export const answerers: readonly Answerer[] = [answerAbout, answerFromIndex];

/** True where the model was not asked, since it does not know such footage or such a question. */
export function isDeclined({ provenance }: AnswerOutput): boolean {
  return provenance.stopReason === 'out-of-domain' || provenance.stopReason === 'question-out-of-domain';
}
