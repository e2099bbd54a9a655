/** The calls about models: which there are, which is used for what, where they come from. */
import * as z from 'zod';
import type { CatalogueReport } from './catalogue.ts';
import type { OfferedWork } from './offeredWork.ts';
import type { ModelSummary, SearchModel } from './status.ts';

export const path = z.string().min(1).max(4096);

export const weightFormats = ['fp32', 'fp16', 'int8', 'int4'] as const;
/** How the numbers of a part are stored. */
export const weightFormatSchema = z.enum(weightFormats);
/** How an import stores a model's numbers; see `docs/importer.md`. */
export const weightChoiceSchema = z.object({
  format: weightFormatSchema.optional(),
  parts: z
    .partialRecord(
      z.enum(['vision', 'connector', 'audio', 'audioProjector', 'decoder', 'tokenEmbeddings', 'image', 'text']),
      weightFormatSchema,
    )
    .optional(),
  blockSize: z.union([z.literal(32), z.literal(64), z.literal(128)]).optional(),
  kvCache: z.enum(['fp32', 'int8']).optional(),
});
export type WeightChoiceInput = z.infer<typeof weightChoiceSchema>;

/** How full models answer where a question does not say it itself; null for what the model brings. */
export const answerSettingsSchema = z.object({
  /** Tokens of an answer at most. */
  maxNewTokens: z.int().min(16).max(2048).nullable(),
  /** 0 takes the likeliest word each time. */
  temperature: z.number().min(0).max(2).nullable(),
  /** Pictures of one look; the sample model keeps its own number. */
  frames: z.int().min(2).max(32).nullable(),
});
export type AnswerSettings = z.infer<typeof answerSettingsSchema>;

export const modelCallSchemas = {
  listModels: z.object({}),
  /** The catalogue beside this machine. */
  catalogue: z.object({}),
  /** @throws PlayheadError `memory-short`, unless it is wanted `anyway` */
  useModel: z.object({ folder: path, anyway: z.boolean().default(false) }),
  addModel: z.object({ folder: path }),
  /** The model's process ends, and its memory is free; the next question loads it again. */
  unloadModel: z.object({}),
  /** Dual encoders that find moments by their look, whichever model answers. */
  listSearchModels: z.object({}),
  /** Null for what the model that answers brings along. */
  useForSearch: z.object({ folder: path.nullable() }),
  /** What the models in use could add to files that are indexed already. */
  offeredWork: z.object({}),
  startOfferedWork: z.object({ adds: z.enum(['captions', 'looks']) }),
  answerSettings: z.object({}),
  changeAnswerSettings: answerSettingsSchema.partial(),
  /** A model's files from the Hub, or from a folder that was fetched elsewhere; then its import. */
  pullModel: z.object({
    /** Of the catalogue ("videollama2.1-7b-av"), or a repository ("owner/name"). */
    name: z.string().min(1).max(200),
    /** A commit, branch or tag; left out, what the catalogue pins, else the newest commit. */
    revision: z.string().min(1).max(200).optional(),
    from: path.optional(),
    /** Null to fetch only. */
    weights: weightChoiceSchema.nullable().default({ format: 'int4' }),
    /** The fetched files are removed when the model made of them is there. */
    removeCheckpoint: z.boolean().default(false),
  }),
  /** What was fetched of a model of the catalogue, or of a repository; the model made of it stays. */
  removeFetched: z.object({ name: z.string().min(1).max(200) }),
  /** A bundle among the library's models, or one that is only listed. */
  removeModel: z.object({ folder: path }),
  /** Every byte is compared with the manifest. */
  verifyModel: z.object({ folder: path }),
  hub: z.object({}),
  changeHub: z.object({
    endpoint: z.string().max(500).nullable().optional(),
    /** Not below 64 KiB a second: less is taken for a broken connection. */
    bytesPerSecond: z.int().min(65_536).nullable().optional(),
    token: z.string().min(1).max(500).nullable().optional(),
  }),
  importCheckpoint: z.object({
    checkpointFolder: path,
    /** A new folder; left out, one named after the checkpoint among the library's models. */
    bundleFolder: path.optional(),
    weights: weightChoiceSchema.optional(),
  }),
} as const;

/** Where models are fetched from. */
export interface HubStatus {
  endpoint: string;
  /** Null for as fast as it goes. */
  bytesPerSecond: number | null;
  /** The token itself is told to nobody. */
  hasToken: boolean;
}

export interface ModelCallResults {
  listModels: ModelSummary[];
  catalogue: CatalogueReport;
  useModel: ModelSummary;
  /** A bundle that is on this machine already. */
  addModel: ModelSummary;
  unloadModel: { unloaded: boolean };
  listSearchModels: SearchModel[];
  /** Null where search is left to the model that answers. */
  useForSearch: SearchModel | null;
  offeredWork: OfferedWork[];
  startOfferedWork: { jobId: string };
  answerSettings: AnswerSettings;
  changeAnswerSettings: AnswerSettings;
  pullModel: { jobId: string };
  removeFetched: { bytes: number };
  removeModel: { removed: boolean };
  verifyModel: { name: string; files: number; bytes: number };
  hub: HubStatus;
  changeHub: HubStatus & { tokenPlace: string | null };
  importCheckpoint: { jobId: string; bundleFolder: string };
}
