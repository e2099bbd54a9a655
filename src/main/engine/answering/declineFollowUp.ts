import type { AnswerOutput } from '../../ports/modelHostApi.ts';
import type { Asked } from './asked.ts';

/** What a model that answers every question by itself says to one that leans on the talk. */
export function declineFollowUp(asked: Asked): AnswerOutput {
  const who = asked.model.isSampleModel ? 'The sample model' : asked.model.name;
  return declineInWords(
    asked,
    `${who} answers every question by itself and does not know what was said before. Ask again and name what you mean, as in “What colour is the star?”`,
    'question-out-of-domain',
  );
}

/** In place of an answer, before anything is decoded. */
export function declineInWords(
  { model, range, modality }: Asked,
  text: string,
  stopReason: AnswerOutput['provenance']['stopReason'],
): AnswerOutput {
  return {
    text,
    provenance: {
      model: model.name,
      provider: 'none',
      modality: modality === 'auto' ? (model.modalities.at(-1) ?? 'video') : modality,
      segment: range,
      frames: 0,
      audioSeconds: 0,
      promptTokens: 0,
      newTokens: 0,
      timings: [],
      stopReason,
    },
  };
}
