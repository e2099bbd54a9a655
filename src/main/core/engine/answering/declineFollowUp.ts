import type { AnswerOutput } from '../../ports/modelHostApi.ts';
import type { Asked } from './answerAbout.ts';

/** What a model that answers every question by itself says to one that leans on the talk. */
export function declineFollowUp({ model, range, modality }: Asked): AnswerOutput {
  const who = model.isSampleModel ? 'The sample model' : model.name;
  return {
    text: `${who} answers every question by itself and does not know what was said before. Ask again and name what you mean, as in “What colour is the star?”`,
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
      stopReason: 'question-out-of-domain',
    },
  };
}
