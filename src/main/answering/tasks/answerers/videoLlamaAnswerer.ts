/** VideoLLaMA 2 as an answerer: a clip that was asked about is remembered for the next question. */
import { totalmem } from 'node:os';
import { bundleFingerprint } from '../../../models/bundleFingerprint.ts';
import type { LoadModelInput } from '../../../ports/modelHostApi.ts';
import { readQuestion } from '../../model/questions/readQuestion.ts';
import { type Answering, answerQuestion } from '../answerQuestion.ts';
import { captionClip } from '../captionClip.ts';
import { loadVideoLlama, type VideoLlama } from '../loadVideoLlama.ts';
import { storeWithFiles } from '../prefixFiles.ts';
import { createPrefixStore } from '../prefixStore.ts';
import type { AnswererFamily } from './answerer.ts';

/** Clips that are remembered for the next question may take this much memory. */
const PREFIX_BYTES = Math.min(2 * 2 ** 30, totalmem() / 8);

/** And over a restart this much of the disk. */
const PREFIX_FILE_BYTES = 4 * 2 ** 30;

export const videoLlamaFamily: AnswererFamily = {
  async open(input) {
    const model = await loadVideoLlama(input);
    const { questions, captions } = rememberingClips(model, input);
    return {
      name: model.manifest.name,
      senses: model.manifest.modalities,
      provider: model.provider,
      parts: model.parts,
      plan: model.plan,
      notices: model.notices,
      readQuestion(question) {
        const { tell: _tell, further: _further, ...reading } = readQuestion(model.questions, question);
        return reading;
      },
      answer: (input, options) => answerQuestion(questions, input, options),
      caption: (input, options) => captionClip(captions, input, options),
      close: model.close,
    };
  },
};

interface Remembering {
  /** A person comes back to a clip. */
  questions: Answering;
  /** Each clip of a library has its turn once, and does not belong on the disk. */
  captions: Answering;
}

function rememberingClips(model: VideoLlama, { prefixFolder }: LoadModelInput): Remembering {
  const inMemory = createPrefixStore(PREFIX_BYTES);
  const captions = { model, prefixes: inMemory };
  if (prefixFolder === undefined) return { questions: captions, captions };
  const prefixes = storeWithFiles(inMemory, {
    folder: prefixFolder,
    limitBytes: PREFIX_FILE_BYTES,
    get modelName() {
      return `${bundleFingerprint(model.manifest)} on ${model.provider()}`; // which may fall back to the CPU
    },
    shape: model.languageModel.cacheShape,
    languageModel: model.languageModel,
  });
  return { questions: { model, prefixes }, captions };
}
