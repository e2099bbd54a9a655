import { totalmem } from 'node:os';
import { type GenerationOptions, PlayheadError } from '../../../contract/index.ts';
import { bundleFingerprint } from '../model/bundleFingerprint.ts';
import { readQuestion } from '../model/questions/readQuestion.ts';
import type {
  AnswerInput,
  AnswerOutput,
  Clip,
  LoadedModel,
  LoadModelInput,
  ModelHostApi,
  ModelHostEvents,
} from '../ports/modelHostApi.ts';
import { type AnswerHooks, answerQuestion } from './answerQuestion.ts';
import { captionClip } from './captionClip.ts';
import { embedClip } from './embedClip.ts';
import { embedText } from './embedText.ts';
import { type Embedder, loadEmbedder } from './loadEmbedder.ts';
import { loadVideoLlama, type VideoLlama } from './loadVideoLlama.ts';
import { storeWithFiles } from './prefixFiles.ts';
import { createPrefixStore, type PrefixStore } from './prefixStore.ts';

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
  /** Questions: a person comes back to a clip. */
  prefixes: PrefixStore;
  /** Captions: each clip of a library has its turn once, and does not belong on the disk. */
  inMemory: PrefixStore;
}

/** The model's process, as the engine calls it: one model and one embedder at a time, requests that can be cancelled. */
export function createModelHost(events: ModelHostEvents): ModelHostApi {
  const running = new Map<string, AbortController>();
  let ready: Ready | null = null;
  let embedder: Embedder | null = null;

  const withRequest = async <T>(requestId: string, work: (hooks: AnswerHooks) => Promise<T>): Promise<T> => {
    const controller = new AbortController();
    running.set(requestId, controller);
    try {
      return await work({
        onText: (text) => events.answerDelta(requestId, text),
        onStage: (stage) => events.answerStage(requestId, stage),
        signal: controller.signal,
      });
    } finally {
      running.delete(requestId);
    }
  };

  return {
    async loadModel(input: LoadModelInput): Promise<LoadedModel> {
      const start = performance.now();
      await ready?.model.close();
      ready = null;
      const model = await loadVideoLlama(input);
      ready = { model, ...prefixStores(model, input) };
      return {
        name: model.manifest.name,
        provider: model.provider(),
        modalities: model.manifest.modalities,
        parts: model.parts(),
        notices: model.notices,
        loadSeconds: (performance.now() - start) / 1000,
      };
    },
    answer(requestId: string, input: AnswerInput): Promise<AnswerOutput> {
      const { model, prefixes } = expectLoaded(ready);
      return withRequest(requestId, (hooks) => answerQuestion(model, prefixes, input, hooks));
    },
    async readQuestion(question: string) {
      const { tell: _, ...reading } = readQuestion(expectLoaded(ready).model.questions, question);
      return reading;
    },
    caption(requestId: string, clip: Clip, generation?: GenerationOptions): Promise<AnswerOutput> {
      const { model, inMemory } = expectLoaded(ready);
      return withRequest(requestId, (hooks) => captionClip(model, inMemory, clip, generation, hooks));
    },
    async loadEmbedder(input: LoadModelInput) {
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
    embedClip(requestId: string, clip: Clip) {
      const loaded = expectLoaded(embedder);
      return withRequest(requestId, ({ signal }) => embedClip(loaded, clip, signal));
    },
    async embedText(text: string) {
      return embedText(expectLoaded(embedder), text);
    },
    async cancel(requestId: string) {
      running.get(requestId)?.abort();
    },
    async memory() {
      return {
        residentBytes: process.memoryUsage.rss(),
        peakResidentBytes: process.resourceUsage().maxRSS * 1024,
      };
    },
  };
}

function prefixStores(model: VideoLlama, { prefixFolder }: LoadModelInput): Omit<Ready, 'model'> {
  const inMemory = createPrefixStore(PREFIX_BYTES);
  if (prefixFolder === undefined) return { inMemory, prefixes: inMemory };
  const prefixes = storeWithFiles(inMemory, {
    folder: prefixFolder,
    limitBytes: PREFIX_FILE_BYTES,
    modelName: `${bundleFingerprint(model.manifest)} on ${model.provider()}`,
    shape: model.languageModel.cacheShape,
  });
  return { inMemory, prefixes };
}

function expectLoaded<T>(loaded: T | null): T {
  if (loaded !== null) return loaded;
  throw new PlayheadError({
    code: 'model-missing',
    message: 'No model is loaded.',
    hint: 'Choose a model first.',
  });
}
