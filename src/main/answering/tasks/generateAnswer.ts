import type { AnswerInput, AnswerOptions, AnswerOutput } from '../../ports/modelHostApi.ts';
import { generateText } from '../generate/generateText.ts';
import { prefillInChunks } from '../generate/prefill.ts';
import { resolveSettings } from '../generate/settings.ts';
import type { AnswerContext } from './answerContext.ts';
import type { ClipPrefix } from './prefixStore.ts';

/** What the model reads behind the clip, and how it speaks. */
interface ToSay {
  /** Ids of the text behind the media. */
  after: readonly number[];
  generation: AnswerInput['generation'];
  onText: AnswerOptions['onText'];
}

export interface Generated extends Pick<AnswerOutput['provenance'], 'promptTokens' | 'newTokens' | 'stopReason'> {
  text: string;
}

/**
 * The model's own words. The clip's state is not changed by what is read and said behind it, whether that comes to its
 * end or not.
 */
export async function generateAnswer(
  { model, clock, options }: AnswerContext,
  { cache }: ClipPrefix,
  { after, generation, onText }: ToSay,
): Promise<Generated> {
  const { languageModel, tokenizer } = model;
  const decoder = languageModel.continueFrom(cache);
  const firstLogits = await clock.time('prefill question', () =>
    prefillInChunks(decoder, languageModel.embed(after), options),
  ); // (V)
  const promptTokens = decoder.length;
  const settings = resolveSettings(generation, model.generationDefaults);
  const generated = await clock.time('generate', () =>
    generateText(decoder, firstLogits, settings, { decode: tokenizer.decode, ...options, onText }),
  );
  return { ...generated, promptTokens };
}
