/**
 * How a text is generated: what the caller asks, then what the checkpoint's generation_config.json says,
 * then the reference's defaults (greedy; when sampling, temperature 0.2 and top-p 0.9; 2048 new tokens).
 * The reference passes its temperature and top-p itself, so those two of generation_config.json never count
 * (DAMO-NLP-SG/VideoLLaMA2, `videollama2/__init__.py`, `mm_infer`); top-k and the repetition penalty do.
 */
import type { GenerationOptions } from '../../../contract/index.ts';

export interface GenerationSettings {
  maxNewTokens: number;
  /** 0 is greedy. */
  temperature: number;
  /** 0 keeps all tokens. */
  topK: number;
  /** 1 keeps all tokens. */
  topP: number;
  /** 1 changes nothing. */
  repetitionPenalty: number;
  /** Of the random numbers; null takes a new one each time. */
  seed: number | null;
  /** Generation ends at any of these. */
  eosTokenIds: readonly number[];
  /** Generation ends before any of these texts. */
  stopStrings: readonly string[];
}

/** The fields of a checkpoint's generation_config.json that count here, already checked. */
export interface GenerationDefaults {
  topK?: number;
  repetitionPenalty?: number;
  eosTokenIds?: number[];
  maxNewTokens?: number;
}

const reference = { maxNewTokens: 2048, temperature: 0.2, topP: 0.9 };

export function resolveSettings(
  asked: GenerationOptions = {},
  defaults: GenerationDefaults = {},
  stopStrings: readonly string[] = [],
): GenerationSettings {
  const sampling = asksForSampling(asked);
  return {
    maxNewTokens: asked.maxNewTokens ?? defaults.maxNewTokens ?? reference.maxNewTokens,
    temperature: sampling ? (asked.temperature ?? reference.temperature) : 0,
    topK: asked.topK ?? defaults.topK ?? 0,
    topP: asked.topP ?? reference.topP,
    repetitionPenalty: asked.repetitionPenalty ?? defaults.repetitionPenalty ?? 1,
    seed: asked.seed ?? null,
    eosTokenIds: defaults.eosTokenIds ?? [],
    stopStrings,
  };
}

/**
 * Reads the parsed JSON of generation_config.json; fields of a wrong type are left out, as if they were not there.
 */
export function readGenerationDefaults(config: unknown): GenerationDefaults {
  if (typeof config !== 'object' || config === null) return {};
  const fields = config as Record<string, unknown>;
  const defaults: GenerationDefaults = {};
  if (isWhole(fields.top_k)) defaults.topK = fields.top_k;
  if (isPositive(fields.repetition_penalty)) defaults.repetitionPenalty = fields.repetition_penalty;
  if (isWhole(fields.max_new_tokens) && fields.max_new_tokens > 0) defaults.maxNewTokens = fields.max_new_tokens;
  const eos = [fields.eos_token_id].flat().filter(isWhole);
  if (eos.length > 0) defaults.eosTokenIds = eos;
  return defaults;
}

/** A temperature above 0 asks for sampling; so does any other sampling wish where no temperature is given. */
function asksForSampling(asked: GenerationOptions): boolean {
  if (asked.temperature !== undefined) return asked.temperature > 0;
  return asked.topP !== undefined || asked.topK !== undefined || asked.seed !== undefined;
}

function isWhole(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
