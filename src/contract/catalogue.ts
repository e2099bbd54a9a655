/** Models that can be fetched, as `resources/catalogue/models.json` says it: facts alone, what is not known is null. */
import * as z from 'zod';

const size = z.int().min(1);

export const catalogueFileSchema = z.object({
  path: z.string().min(1),
  /** Exactly, or null: not checked yet. */
  bytes: z.int().min(0).nullable(),
  /** As the Hub's page rounds it, for an estimate beforehand; null where not even that is known. */
  aboutBytes: z.number().min(0).nullable(),
  /** Null: not checked yet. The listing of the pinned revision then says it. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});
export type CatalogueFile = z.infer<typeof catalogueFileSchema>;

const transformerSchema = z.object({ layers: size, width: size, inner: size, heads: size });
const towerSchema = transformerSchema.extend({ patches: size });

/** The sizes from which memory and disk are worked out. */
export const catalogueShapesSchema = z.object({
  language: transformerSchema
    .extend({ kvHeads: size, headDim: size, vocab: size, experts: size.default(1) })
    .nullable()
    .default(null),
  vision: towerSchema.nullable().default(null),
  /** STC: two stages of four blocks and a convolution between them; frames a look, and the tokens that they become. */
  connector: z.object({ frames: size, tokens: size }).nullable().default(null),
  audio: transformerSchema.extend({ tokens: size }).nullable().default(null),
  text: transformerSchema.extend({ vocab: size }).nullable().default(null),
});
export type CatalogueShapes = z.infer<typeof catalogueShapesSchema>;

export const catalogueUses = ['answers', 'search'] as const;

export const catalogueEntrySchema = z.object({
  /** What it is called in commands: "videollama2.1-7b-av". */
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  name: z.string(),
  does: z.string(),
  use: z.enum(catalogueUses),
  senses: z.array(z.enum(['picture', 'sound', 'text'])),
  /** Null for what comes with Playhead. */
  repository: z.string().nullable(),
  /** A commit, 40 hex digits; null: pinned to the commit of the first listing, which is then shown. */
  revision: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .nullable(),
  files: z.array(catalogueFileSchema),
  licence: z.object({
    /** What the model's own page says. */
    card: z.string(),
    /** What the project's README says beyond that; null where it says nothing else. */
    project: z.string().nullable(),
    projectAddress: z.string().nullable(),
  }),
  shapes: catalogueShapesSchema.nullable(),
  /** In which order models of one use are proposed, the lowest first, where the machine has room for them. */
  rank: z.int(),
  /** What keeps Playhead from using it today, in words; null for what it uses. */
  notUsable: z.string().nullable().default(null),
});
export type CatalogueEntry = z.infer<typeof catalogueEntrySchema>;

export const catalogueSchema = z.object({
  /** Where the facts come from, and what was not checked. */
  note: z.string(),
  models: z.array(catalogueEntrySchema).min(1),
});

/** What one weight format of a model takes, in bytes. */
export interface FormatNeeds {
  format: 'int4' | 'int8' | 'fp16';
  diskBytes: number;
  memoryBytes: number;
  /** Whether this machine has room for it. */
  fits: boolean;
}

/** How fast a model is on this machine, corrected by every use; null before the first. */
export interface ModelPace {
  /** Seconds from a question to the first word of its answer. */
  firstWordSec: number | null;
  /** Seconds of work for an hour of video that is indexed with it. */
  perHourSec: number | null;
}

/** A model of the catalogue beside this machine. */
export interface CatalogueOffer extends CatalogueEntry {
  /** What is downloaded; null where no size is known before the listing. */
  downloadBytes: number | null;
  formats: FormatNeeds[];
  /** Why it is proposed here, or why it does not fit, in words; null where there is nothing to say. */
  reason: string | null;
  isBest: boolean;
  /** The bundle's folder on this machine, where it is there already. */
  bundleFolder: string | null;
  /** Bytes that were fetched for it and are kept, whole or in part; 0 where there are none. */
  fetchedBytes: number;
  /** As it was measured here by using it. */
  pace: ModelPace;
}

export interface CatalogueReport {
  note: string;
  offers: CatalogueOffer[];
  memoryBytes: number;
  freeDiskBytes: number | null;
}
