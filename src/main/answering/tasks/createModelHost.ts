import { PlayheadError } from '../../../contract/index.ts';
import type { LoadedModel, ModelHostApi } from '../../ports/modelHostApi.ts';
import type { Answerer } from './answerers/answerer.ts';
import { openAnswerer } from './answerers/answerers.ts';
import { embedClip } from './embedClip.ts';
import { embedText } from './embedText.ts';
import { type Embedder, loadEmbedder } from './loadEmbedder.ts';

/**
 * Below this cosine a picture and a text have nothing to do with each other. SigLIP is trained with a sigmoid per
 * pair and puts unrelated pairs near 0; CLIP's softmax leaves all of them on a plateau near 0.15.
 */
const minCosine = { siglip: 0.05, clip: 0.2 };

/** Measured on the sample clips: what fits a description lies above, what shares one word with it below. */
const sampleMinCosine = 0.4;

/** The model's process, as the engine calls it: one model and one embedder at a time. */
export function createModelHost(): ModelHostApi {
  let answerer: Answerer | null = null;
  let embedder: Embedder | null = null;

  return {
    async loadModel(input): Promise<LoadedModel> {
      const start = performance.now();
      await answerer?.close();
      answerer = null;
      answerer = await openAnswerer(input);
      return {
        name: answerer.name,
        provider: answerer.provider(),
        modalities: answerer.senses,
        parts: answerer.parts(),
        plan: answerer.plan,
        notices: answerer.notices,
        loadSeconds: (performance.now() - start) / 1000,
      };
    },
    answer: (...asked) => expectLoaded(answerer).answer(...asked),
    readQuestion: async (question) => expectLoaded(answerer).readQuestion(question),
    caption: (...asked) => expectLoaded(answerer).caption(...asked),
    async loadEmbedder(input) {
      await embedder?.dualEncoder.close();
      embedder = null;
      embedder = await loadEmbedder(input);
      if (embedder === null) return null;
      const { manifest, dualEncoder, space } = embedder;
      return {
        name: space,
        dimensions: dualEncoder.dimensions,
        minCosine: manifest.isSampleModel ? sampleMinCosine : minCosine[manifest.architecture.text.family],
        parts: embedder.parts(),
        plan: embedder.plan,
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

function expectLoaded<T>(loaded: T | null): T {
  if (loaded !== null) return loaded;
  throw new PlayheadError({
    code: 'model-missing',
    message: 'No model is loaded.',
    hint: 'Choose a model first.',
  });
}
