import { totalmem } from 'node:os';
import { PlayheadError } from '../../../contract/index.ts';
import { bundleFingerprint } from '../model/bundleFingerprint.ts';
import { readQuestion } from '../model/questions/readQuestion.ts';
import type { LoadedModel, LoadModelInput, ModelHostApi } from '../ports/modelHostApi.ts';
import { type Answering, answerQuestion } from './answerQuestion.ts';
import { captionClip } from './captionClip.ts';
import { embedClip } from './embedClip.ts';
import { embedText } from './embedText.ts';
import { type Embedder, loadEmbedder } from './loadEmbedder.ts';
import { loadVideoLlama, type VideoLlama } from './loadVideoLlama.ts';
import { storeWithFiles } from './prefixFiles.ts';
import { createPrefixStore } from './prefixStore.ts';

/** Clips that are remembered for the next question may take this much memory. */
const PREFIX_BYTES = Math.min(2 * 2 ** 30, totalmem() / 8);

/** And over a restart this much of the disk. */
const PREFIX_FILE_BYTES = 4 * 2 ** 30;

/**
 * Below this cosine a picture and a text have nothing to do with each other. SigLIP is trained with a sigmoid per
 * pair and puts unrelated pairs near 0; CLIP's softmax leaves all of them on a plateau near 0.15.
 */
const minCosine = { siglip: 0.05, clip: 0.2 };

/** Measured on the sample clips: what fits a description lies above, what shares one word with it below. */
const sampleMinCosine = 0.4;

interface Ready {
  model: VideoLlama;
  /** A person comes back to a clip. */
  questions: Answering;
  /** Each clip of a library has its turn once, and does not belong on the disk. */
  captions: Answering;
}

/** The model's process, as the engine calls it: one model and one embedder at a time. */
export function createModelHost(): ModelHostApi {
  let ready: Ready | null = null;
  let embedder: Embedder | null = null;

  return {
    async loadModel(input): Promise<LoadedModel> {
      const start = performance.now();
      await ready?.model.close();
      ready = null;
      const model = await loadVideoLlama(input);
      ready = { model, ...rememberingClips(model, input) };
      return {
        name: model.manifest.name,
        provider: model.provider(),
        modalities: model.manifest.modalities,
        parts: model.parts(),
        notices: model.notices,
        loadSeconds: (performance.now() - start) / 1000,
      };
    },
    answer: answerQuestion.bind(null, () => expectLoaded(ready).questions),
    async readQuestion(question) {
      const {
        tell: _tell,
        further: _further,
        ...reading
      } = readQuestion(expectLoaded(ready).model.questions, question);
      return reading;
    },
    caption: captionClip.bind(null, () => expectLoaded(ready).captions),
    async loadEmbedder(input) {
      await embedder?.dualEncoder.close();
      embedder = await loadEmbedder(input);
      if (embedder === null) return null;
      const { manifest, dualEncoder, space } = embedder;
      return {
        name: space,
        dimensions: dualEncoder.dimensions,
        minCosine: manifest.isSampleModel ? sampleMinCosine : minCosine[manifest.architecture.text.family],
        parts: embedder.parts(),
      };
    },
    async embedClip(clip, options) {
      return await embedClip(expectLoaded(embedder), clip, options?.signal);
    },
    async embedText(text) {
      return embedText(expectLoaded(embedder), text);
    },
    async memory() {
      return {
        residentBytes: process.memoryUsage.rss(),
        peakResidentBytes: process.resourceUsage().maxRSS * 1024,
      };
    },
  };
}

function rememberingClips(model: VideoLlama, { prefixFolder }: LoadModelInput): Omit<Ready, 'model'> {
  const inMemory = createPrefixStore(PREFIX_BYTES);
  const captions = { model, prefixes: inMemory };
  if (prefixFolder === undefined) return { questions: captions, captions };
  const prefixes = storeWithFiles(inMemory, {
    folder: prefixFolder,
    limitBytes: PREFIX_FILE_BYTES,
    modelName: `${bundleFingerprint(model.manifest)} on ${model.provider()}`,
    shape: model.languageModel.cacheShape,
  });
  return { questions: { model, prefixes }, captions };
}

function expectLoaded<T>(loaded: T | null): T {
  if (loaded !== null) return loaded;
  throw new PlayheadError({
    code: 'model-missing',
    message: 'No model is loaded.',
    hint: 'Choose a model first.',
  });
}
