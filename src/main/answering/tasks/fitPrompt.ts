/** The prompt of one question, made to fit: everything is counted before the first frame is decoded. */
import { PlayheadError } from '../../../contract/index.ts';
import { ANSWER_ROOM, mediaTokens } from '../../models/promptRoom.ts';
import type { AnswerInput } from '../../ports/modelHostApi.ts';
import { type MediaPrompt, type ModalToken, tokenizeMediaPrompt } from '../preprocess/text/mediaPrompt.ts';
import type { ChosenModality } from './chooseModality.ts';
import type { VideoLlama } from './loadVideoLlama.ts';

/** Tokens of an English word, for a limit that is told in words. */
const TOKENS_PER_WORD = 1.4;

/**
 * The oldest turns of the talk are left out until the rest fits, with room for an answer.
 * @throws PlayheadError `invalid-input` when the clip alone, or the question beside it, is too long for the model
 */
export function fitPrompt(
  model: Pick<VideoLlama, 'manifest' | 'tokenizer' | 'chatTemplate'>,
  input: AnswerInput,
  modality: ChosenModality,
): MediaPrompt {
  const { manifest, tokenizer, chatTemplate } = model;
  const { startSec, endSec } = input.clip.segment;
  const { frames } = input.generation ?? {};
  const media = mediaTokens(manifest, { modality, seconds: endSec - startSec, frames });
  const room = manifest.architecture.language.maxPositions - media - ANSWER_ROOM;
  const { systemMessage } = manifest;
  const asked = { modalToken: modalTokenOf(modality, input.clip.kind), question: input.question, systemMessage };

  const turns = manifest.conversation === false ? [] : (input.history ?? []);
  for (let dropped = 0; dropped <= turns.length; dropped++) {
    const prompt = tokenizeMediaPrompt(tokenizer, chatTemplate, { ...asked, history: turns.slice(dropped) });
    if (lengthOf(prompt) <= room) return prompt;
  }
  const left = room - lengthOf(tokenizeMediaPrompt(tokenizer, chatTemplate, { ...asked, question: '' }));
  throw left < 0 ? clipTooLong(input) : questionTooLong(Math.floor(left / TOKENS_PER_WORD));
}

function lengthOf({ before, after }: MediaPrompt): number {
  return before.length + after.length;
}

function modalTokenOf(modality: ChosenModality, kind: string): ModalToken {
  if (modality === 'audio') return '<audio>';
  return kind === 'image' ? '<image>' : '<video>';
}

function questionTooLong(words: number): PlayheadError {
  return new PlayheadError({
    code: 'invalid-input',
    message: `This question is too long for this model: beside the clip it has room for about ${words} words.`,
    hint: 'Ask it in fewer words, or about a shorter clip.',
  });
}

function clipTooLong({ clip }: AnswerInput): PlayheadError {
  const seconds = Math.round(clip.segment.endSec - clip.segment.startSec);
  return new PlayheadError({
    code: 'invalid-input',
    message: `A clip of ${seconds} s is too long for this model to look at in one go.`,
    hint: 'Choose a shorter clip.',
    file: clip.path,
  });
}
