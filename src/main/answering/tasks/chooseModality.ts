import { type Modality, PlayheadError } from '../../../contract/index.ts';
import type { Clip } from '../../ports/modelHostApi.ts';

export type ChosenModality = Exclude<Modality, 'auto'>;

/**
 * Which senses an answer uses: what was asked for, or with `auto` all that both the clip and the model have.
 * @throws PlayheadError `no-audio`, `no-video` when the clip lacks what was asked for, `invalid-input` when the
 *   model does
 */
export function chooseModality(
  asked: Modality,
  clip: Pick<Clip, 'kind' | 'hasAudio' | 'path'>,
  modelHas: readonly ChosenModality[],
): ChosenModality {
  const clipHas = sensesOf(clip);
  const preferred: ChosenModality[] = asked === 'auto' ? ['av', 'video', 'audio'] : [asked];
  const chosen = preferred.find((modality) => clipHas.includes(modality) && modelHas.includes(modality));
  if (chosen !== undefined) return chosen;
  throw whyNot(asked === 'auto' ? (clipHas[0] as ChosenModality) : asked, clip, clipHas);
}

function sensesOf(clip: Pick<Clip, 'kind' | 'hasAudio'>): ChosenModality[] {
  if (clip.kind === 'audio') return ['audio'];
  return clip.hasAudio && clip.kind === 'video' ? ['av', 'video', 'audio'] : ['video'];
}

function whyNot(wanted: ChosenModality, clip: Pick<Clip, 'path'>, clipHas: readonly ChosenModality[]): PlayheadError {
  if (clipHas.includes(wanted)) {
    const sense = wanted === 'video' ? 'see' : 'hear';
    return new PlayheadError({
      code: 'invalid-input',
      message: `This model cannot ${sense}.`,
      hint: 'Use another model for this question.',
      file: clip.path,
    });
  }
  return wanted === 'video' || !clipHas.includes('video')
    ? new PlayheadError({
        code: 'no-video',
        message: 'This file has no picture to look at.',
        hint: 'Ask about its sound.',
        file: clip.path,
      })
    : new PlayheadError({
        code: 'no-audio',
        message: 'This file has no sound to listen to.',
        hint: 'Ask about its picture.',
        file: clip.path,
      });
}
