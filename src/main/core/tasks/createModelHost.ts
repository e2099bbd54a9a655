import { totalmem } from 'node:os';
import { type GenerationOptions, PlayheadError } from '../../../contract/index.ts';
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
import { createPrefixStore, type PrefixStore } from './prefixStore.ts';

/** Clips that are remembered for the next question may take this much memory. */
const PREFIX_BYTES = Math.min(2 * 2 ** 30, totalmem() / 8);

/**
 * Below this cosine a picture and a text have nothing to do with each other. SigLIP is trained with a sigmoid per
 * pair and puts unrelated pairs near 0; CLIP's softmax leaves all of them on a plateau near 0.15.
 */
const minCosine = { siglip: 0.05, clip: 0.2 };

interface Ready {
  model: VideoLlama;
  prefixes: PrefixStore;
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
      ready = { model, prefixes: createPrefixStore(PREFIX_BYTES) };
      return {
        name: model.manifest.name,
        provider: model.provider(),
        modalities: model.manifest.modalities,
        notices: model.notices,
        loadSeconds: (performance.now() - start) / 1000,
      };
    },
    answer(requestId: string, input: AnswerInput): Promise<AnswerOutput> {
      const { model, prefixes } = expectLoaded(ready);
      return withRequest(requestId, (hooks) => answerQuestion(model, prefixes, input, hooks));
    },
    caption(requestId: string, clip: Clip, generation?: GenerationOptions): Promise<AnswerOutput> {
      const { model, prefixes } = expectLoaded(ready);
      return withRequest(requestId, (hooks) => captionClip(model, prefixes, clip, generation, hooks));
    },
    async loadEmbedder(input: LoadModelInput) {
      await embedder?.dualEncoder.close();
      embedder = await loadEmbedder(input);
      if (embedder === null) return null;
      const { manifest, dualEncoder, space } = embedder;
      return {
        name: space,
        dimensions: dualEncoder.dimensions,
        minCosine: minCosine[manifest.architecture.text.family],
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

function expectLoaded<T>(loaded: T | null): T {
  if (loaded !== null) return loaded;
  throw new PlayheadError({
    code: 'model-missing',
    message: 'No model is loaded.',
    hint: 'Choose a model first.',
  });
}
