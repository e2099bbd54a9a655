/** Which senses can be asked about: what the file has and the model understands. */
import type { Modality } from '../../contract/answers.ts';
import type { MediaItem } from '../../contract/media.ts';
import type { ModelSummary } from '../../contract/status.ts';

export interface ModalityChoice {
  value: Modality;
  isEnabled: boolean;
  /** Why it is off, in words. */
  reason: string;
}

export function modalityChoices(item: MediaItem, model: ModelSummary | null): ModalityChoice[] {
  return (['auto', 'video', 'audio', 'av'] as const).map((value) => {
    const reason = value === 'auto' ? '' : whyNot(value, item, model);
    return { value, isEnabled: reason === '', reason };
  });
}

function whyNot(value: Exclude<Modality, 'auto'>, item: MediaItem, model: ModelSummary | null): string {
  if (value !== 'video' && !item.hasAudio) return 'This file has no sound';
  if (value !== 'audio' && item.kind === 'audio') return 'This file has no picture';
  if (model && !model.modalities.includes(value)) return `${model.name} does not understand this`;
  return '';
}

/** First questions to try, by what the file has and the model can answer. */
export function suggestedQuestions(item: MediaItem, isSampleModel: boolean): string[] {
  if (item.kind === 'image') return ['What is in this picture?', 'What colours stand out?'];
  if (item.kind === 'audio')
    return ['What do you hear?', isSampleModel ? 'How many sounds are there?' : 'Is somebody speaking or singing?'];
  const questions = ['What happens in this clip?', 'What is in the picture?'];
  return item.hasAudio ? [...questions, 'What do you hear?'] : [...questions, 'How does the picture change?'];
}
