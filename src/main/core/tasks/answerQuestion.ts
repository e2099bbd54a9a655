import { isPlaced, outOfDomainAnswer, type Segment, tooShortAnswer } from '../../../contract/index.ts';
import { generateText } from '../generate/generateText.ts';
import { prefillInChunks } from '../generate/prefill.ts';
import { resolveSettings } from '../generate/settings.ts';
import type { Further, Half } from '../model/questions/frame.ts';
import { readQuestion } from '../model/questions/readQuestion.ts';
import { describeAll } from '../model/questions/retell.ts';
import type { AnswerInput, AnswerOptions, AnswerOutput } from '../ports/modelHostApi.ts';
import { Stopwatch } from '../ports/stopwatch.ts';
import { askPremises } from './askPremises.ts';
import { checkAccount } from './checkAccount.ts';
import { chooseModality } from './chooseModality.ts';
import { fitPrompt } from './fitPrompt.ts';
import type { VideoLlama } from './loadVideoLlama.ts';
import type { ClipPrefix, PrefixStore } from './prefixStore.ts';
import { clipKey, readClip } from './readClip.ts';

/** The model that is loaded, and what it remembers. */
export interface Answering {
  model: VideoLlama;
  /** Remembers clips, so that a second question about one reads only its own text. */
  prefixes: PrefixStore;
}

/**
 * One question about one clip, from the file to the text. Footage and questions from outside a bounded model's world are
 * not put to it: the answer says so.
 * @param loaded gives the model, or throws PlayheadError `model-missing`
 * @throws the reason of the signal; PlayheadError of the file (`no-audio`, `file-damaged`, …) or of the model (`model-invalid`)
 */
export async function answerQuestion(
  loaded: () => Answering,
  input: AnswerInput,
  options: AnswerOptions = {},
): Promise<AnswerOutput> {
  const { model, prefixes } = loaded();
  const same = () => ({ model, prefixes });
  const { manifest, languageModel, tokenizer } = model;
  const { clip } = input;
  const question = readQuestion(model.questions, input.question);
  const clock = new Stopwatch();
  const modality = chooseModality(input.modality, clip, manifest.modalities);
  if (!question.isInDomain) return declined(question.declined ?? '', 'question-out-of-domain');
  if (question.each) return askSeveral(question.each);
  const tooShort =
    model.domain && clip.kind !== 'image' ? tooShortAnswer(clip.segment.endSec - clip.segment.startSec) : null;
  if (tooShort !== null) return declined(tooShort, 'out-of-domain');

  const missing = await askPremises(question.takesForGranted ?? [], (next) => ask(next, options.onStage));
  if (missing !== null) {
    options.onText?.(missing.text);
    return missing;
  }

  const prompt = fitPrompt(model, { ...input, question: question.asked }, modality);
  const key = await clipKey(clip, modality);
  const known = await clock.time('recall clip', () => prefixes.take(key));
  const read = () => readClip(model, { clip, modality, before: prompt.before }, { ...options, clock });
  const prefix = known ?? (await read());
  if (prefix.domain?.isInDomain === false) return refused(prefix);

  options.onStage?.('reading the prompt');
  // What is told from the model's answer, or checked, can be told only when that is whole.
  const isChecked = model.questions !== null && (question.kind === 'account' || question.asked === describeAll);
  const isToldLater = isChecked || question.tell !== undefined;
  const streaming = isToldLater ? { ...options, onText: undefined } : options;
  const { promptTokens, ...generated } = await speak(streaming).finally(() => prefixes.keep(key, prefix));
  const said = isChecked ? await clock.time('check', () => checked(generated.text)) : generated.text;
  const text = question.tell ? question.tell(said, await askEach(question.further?.(said) ?? [])) : said;
  if (isToldLater) options.onText?.(text);
  return { text, provenance: provenance(prefix, promptTokens, generated) };

  /** The clip is remembered after the first: each question more reads its own few words. */
  function ask(next: string, onStage?: AnswerOptions['onStage']): Promise<AnswerOutput> {
    return answerQuestion(same, { clip, question: next, modality }, { signal: options.signal, onStage });
  }

  async function askSeveral(questions: readonly string[]): Promise<AnswerOutput> {
    const outputs: AnswerOutput[] = [];
    for (const next of questions) {
      const output = await ask(next, options.onStage);
      if (output.provenance.stopReason === 'out-of-domain') return output;
      outputs.push(output);
    }
    const text = [...new Set(outputs.map((output) => output.text))].join(' ');
    options.onText?.(text);
    return { ...(outputs.at(-1) as AnswerOutput), text };
  }

  async function askEach(questions: readonly Further[]): Promise<string[]> {
    const answers: string[] = [];
    for (const next of questions) answers.push((await askFurther(next)).text);
    return answers;
  }

  /** Half of a clip is only looked at: the world's sounds are longer. */
  function askFurther({ question: next, half }: Further): Promise<AnswerOutput> {
    if (half === undefined) return ask(next);
    const asked = {
      clip: { ...clip, segment: halfOf(clip.segment, half) },
      question: next,
      modality: 'video' as const,
    };
    return answerQuestion(same, asked, { signal: options.signal });
  }

  async function checked(account: string): Promise<string> {
    return model.questions ? checkAccount(account, model.questions, async (next) => (await ask(next)).text) : account;
  }

  /** The clip's state is not changed by what is read and said behind it, whether that comes to its end or not. */
  async function speak(hooks: AnswerOptions) {
    const decoder = languageModel.continueFrom(prefix.cache);
    const firstLogits = await clock.time('prefill question', () =>
      prefillInChunks(decoder, languageModel.embed(prompt.after), hooks),
    ); // (V)
    const promptTokens = decoder.length;
    const settings = resolveSettings(input.generation, model.generationDefaults);
    const generated = await clock.time('generate', () =>
      generateText(decoder, firstLogits, settings, { decode: tokenizer.decode, ...hooks }),
    );
    return { ...generated, promptTokens };
  }

  function refused(read: ClipPrefix): AnswerOutput {
    prefixes.keep(key, read);
    return declined(outOfDomainAnswer, 'out-of-domain', read);
  }

  /** The model's own words would be an invention. */
  function declined(
    text: string,
    stopReason: AnswerOutput['provenance']['stopReason'],
    read?: ClipPrefix,
  ): AnswerOutput {
    options.onText?.(text);
    return { text, provenance: provenance(read, 0, { newTokens: 0, stopReason }) };
  }

  function provenance(
    read: ClipPrefix | undefined,
    tokens: number,
    { newTokens, stopReason }: Pick<AnswerOutput['provenance'], 'newTokens' | 'stopReason'>,
  ): AnswerOutput['provenance'] {
    return {
      model: manifest.name,
      provider: model.provider(),
      ...(isPlaced(model.parts()) ? { parts: model.parts() } : {}),
      modality,
      segment: clip.segment,
      frames: read?.frames ?? 0,
      audioSeconds: read?.audioSeconds ?? 0,
      promptTokens: tokens,
      newTokens,
      timings: clock.timings,
      stopReason,
      ...(read?.domain ? { domain: read.domain } : {}),
    };
  }
}

function halfOf({ startSec, endSec }: Segment, half: Half): Segment {
  const middleSec = (startSec + endSec) / 2;
  return half === 'first' ? { startSec, endSec: middleSec } : { startSec: middleSec, endSec };
}
