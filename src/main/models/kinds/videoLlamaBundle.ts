/** VideoLLaMA 2 (arXiv 2406.07476): vision tower, connector, language model and, in the AV ones, an audio tower. */
import * as z from 'zod';
import {
  audioPreprocessingSchema,
  audioSchema,
  bundlePath,
  commonFields,
  connectorSchema,
  graphSchema,
  kvCacheFormatSchema,
  languageSchema,
  size,
  visionPreprocessingSchema,
  visionSchema,
} from '../manifestParts.ts';
import { longestLookSec } from '../promptRoom.ts';
import type { AnsweringFacts, BundleKind } from './bundleKind.ts';

const schema = z.object({
  ...commonFields,
  kind: z.literal('videollama2'),
  architecture: z.object({
    language: languageSchema,
    vision: visionSchema,
    connector: connectorSchema,
    numFrames: size,
    audio: audioSchema.nullable(),
  }),
  modalities: z.array(z.enum(['video', 'audio', 'av'])),
  /** Seconds of footage that one look may cover, for a model that was trained on short clips alone. */
  maxClipSeconds: z.number().positive().optional(),
  /** False for a model that was never taught to go on from earlier questions and answers. */
  conversation: z.boolean().optional(),
  /** The system turn that the reference puts before the question; null for none beyond the chat template's own. */
  systemMessage: z.string().nullable(),
  preprocessing: z.object({ vision: visionPreprocessingSchema, audio: audioPreprocessingSchema.nullable() }),
  graphs: z.object({
    vision: graphSchema,
    connector: graphSchema,
    decoder: graphSchema.extend({ kvCache: kvCacheFormatSchema }),
    audio: graphSchema.nullable(),
    audioProjector: graphSchema.nullable(),
  }),
  /** Row-major (rows, columns), little-endian. */
  tokenEmbeddings: z.object({ file: bundlePath, dtype: z.enum(['f32', 'f16']), rows: size, columns: size }),
  /** Only of a model that knows a bounded world: which footage belongs to it (see domain/domainFile.ts). */
  domain: z.object({ file: bundlePath }).optional(),
  /** Only of such a model: the words that it can be asked in (see questions/questionsFile.ts). */
  questions: z.object({ file: bundlePath }).optional(),
});
export type VideoLlamaManifest = z.infer<typeof schema>;

export const videoLlamaBundle = {
  schema,
  what: 'a VideoLLaMA 2 model',
  neededTexts: ['tokenizer.json', 'tokenizer_config.json'],
  furtherFiles({ tokenEmbeddings, domain, questions }) {
    const parts = [domain, questions].filter((part) => part !== undefined);
    return [tokenEmbeddings.file, ...parts.map(({ file }) => file)];
  },
  isForSearch: false,
  answering,
} satisfies BundleKind<VideoLlamaManifest>;

function answering(manifest: VideoLlamaManifest): AnsweringFacts {
  const { language, vision, connector, audio } = manifest.architecture;
  return {
    architecture: [vision.family, connector.type, audio?.family, language.family].filter(Boolean).join(' + '),
    modalities: manifest.modalities,
    longestLookSec: longestLookSec(manifest),
    followsUp: manifest.conversation ?? true,
  };
}
