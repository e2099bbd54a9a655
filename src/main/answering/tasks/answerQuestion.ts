import { outOfDomainAnswer, tooShortAnswer } from '../../../contract/index.ts';
import type { AnswerInput, AnswerOptions, AnswerOutput } from '../../ports/modelHostApi.ts';
import { Stopwatch } from '../../ports/stopwatch.ts';
import { readQuestion } from '../model/questions/readQuestion.ts';
import { noticeWords } from './againWithoutAdapter.ts';
import { type AnswerContext, declineAnswer, provenanceOf } from './answerContext.ts';
import { askSeveral, furtherInput } from './askFurther.ts';
import { askPremises } from './askPremises.ts';
import { chooseModality } from './chooseModality.ts';
import { fitPrompt } from './fitPrompt.ts';
import { generateAnswer } from './generateAnswer.ts';
import type { VideoLlama } from './loadVideoLlama.ts';
import type { PrefixStore } from './prefixStore.ts';
import { clipKey, readClip } from './readClip.ts';
import { isToldLater, tellAnswer } from './tellAnswer.ts';

/** The model that is loaded, and what it remembers. */
export interface Answering {
  model: VideoLlama;
  /** Remembers clips, so that a second question about one reads only its own text. */
  prefixes: PrefixStore;
}

/**
 * One question about one clip, from the file to the text. Footage and questions from outside a bounded model's world are
 * not put to it: the answer says so.
 * @throws the reason of the signal; PlayheadError of the file (`no-audio`, `file-damaged`, …) or of the model (`model-invalid`)
 */
export async function answerQuestion(
  answering: Answering,
  input: AnswerInput,
  asked: AnswerOptions = {},
): Promise<AnswerOutput> {
  const { model, prefixes } = answering;
  const { options, mayAskAgain } = noticeWords(asked);
  const { clip, generation } = input;
  const clock = new Stopwatch();
  const modality = chooseModality(input.modality, clip, model.manifest.modalities);
  const context: AnswerContext = { model, clip, modality, options, clock, ask };

  const question = readQuestion(model.questions, input.question);
  if (!question.isInDomain) return declineAnswer(context, question.declined ?? '', 'question-out-of-domain');
  if (question.each) return askSeveral(context, question.each);
  const tooShort = whyTooShort(context);
  if (tooShort !== null) return declineAnswer(context, tooShort, 'out-of-domain');
  const missing = await askPremises(question.takesForGranted ?? [], (next) => ask({ question: next }, options));
  if (missing !== null) {
    options.onText?.(missing.text);
    return missing;
  }

  try {
    const { before, after } = fitPrompt(model, { ...input, question: question.asked }, modality);
    const read = { clip, modality, frames: generation?.frames };
    const key = await clipKey(read);
    const known = await clock.time('recall clip', () => prefixes.take(key));
    const prefix = known ?? (await readClip(model, { ...read, before }, { ...options, clock }));
    if (prefix.domain?.isInDomain === false) {
      prefixes.keep(key, prefix);
      return declineAnswer(context, outOfDomainAnswer, 'out-of-domain', prefix);
    }

    options.onStage?.('reading the prompt');
    const later = isToldLater(context, question);
    const onText = later ? undefined : options.onText;
    const generated = await generateAnswer(context, prefix, { after, generation, onText }).finally(() =>
      prefixes.keep(key, prefix),
    );
    const text = await tellAnswer(context, question, generated.text);
    if (later) options.onText?.(text);
    return { text, provenance: provenanceOf(context, generated, prefix) };
  } catch (thrown) {
    if (!mayAskAgain(thrown)) throw thrown;
    return answerQuestion(answering, input, asked);
  }

  function ask(...[next, hooks]: Parameters<AnswerContext['ask']>): Promise<AnswerOutput> {
    return answerQuestion(answering, furtherInput(context, next), { signal: options.signal, onStage: hooks?.onStage });
  }
}

/** A model of a bounded world knows nothing of a moment; null where the clip is long enough. */
function whyTooShort({ model, clip }: AnswerContext): string | null {
  if (model.domain === null || clip.kind === 'image') return null;
  return tooShortAnswer(clip.segment.endSec - clip.segment.startSec);
}
