import type { GenerationOptions } from '../../../contract/index.ts';
import type { AnswerOutput, Clip } from '../ports/modelHostApi.ts';
import { type AnswerHooks, answerQuestion } from './answerQuestion.ts';
import type { VideoLlama } from './loadVideoLlama.ts';
import type { PrefixStore } from './prefixStore.ts';

/** Asks for what a caption should say, in the words that the reference's captioning data use. */
export function captionQuestion(clip: Pick<Clip, 'kind'>): string {
  if (clip.kind === 'audio') return 'Describe the sound.';
  return clip.kind === 'image' ? 'Describe the picture.' : 'Describe the video.';
}

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
