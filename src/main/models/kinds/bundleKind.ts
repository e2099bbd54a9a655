/** A kind of bundle: one file beside this one, one row in `bundleKinds.ts`. */
import type * as z from 'zod';
import type { ModelSummary } from '../../../contract/index.ts';

/** What a person reads about a model that answers, beside what every bundle says of itself. */
export type AnsweringFacts = Pick<ModelSummary, 'architecture' | 'modalities' | 'longestLookSec' | 'followsUp'>;

export interface BundleKind<Manifest> {
  /** Its `manifest.json`; the `kind` in it tells the kinds apart. */
  schema: z.ZodType<Manifest>;
  /** As in "This bundle is …". */
  what: string;
  /** Files of text that it is opened with and that no manifest names. */
  neededTexts: readonly string[];
  /** Files that running it opens, beside its graphs with their data. */
  furtherFiles(manifest: Manifest): string[];
  /** It gives search its vectors, whichever model answers. */
  isForSearch: boolean;
  /** Null for a kind that answers nothing. Who answers with it: `answering/tasks/answerers/`. */
  answering: ((manifest: Manifest) => AnsweringFacts) | null;
}
