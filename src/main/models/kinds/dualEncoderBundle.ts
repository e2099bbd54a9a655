/** A dual encoder (CLIP, SigLIP): pictures and words as vectors of one space, for search. */
import * as z from 'zod';
import {
  commonFields,
  graphSchema,
  size,
  textSchema,
  visionPreprocessingSchema,
  visionSchema,
} from '../manifestParts.ts';
import type { BundleKind } from './bundleKind.ts';

const schema = z.object({
  ...commonFields,
  kind: z.literal('dual-encoder'),
  architecture: z.object({ vision: visionSchema, text: textSchema, embeddingSize: size }),
  preprocessing: z.object({ vision: visionPreprocessingSchema }),
  graphs: z.object({ image: graphSchema, text: graphSchema }),
});
export type DualEncoderManifest = z.infer<typeof schema>;

export const dualEncoderBundle = {
  schema,
  what: 'a dual encoder for search',
  neededTexts: [],
  furtherFiles: () => [],
  isForSearch: true,
  answering: null,
} satisfies BundleKind<DualEncoderManifest>;
