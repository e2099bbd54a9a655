import { join } from 'node:path';
import { PlayheadError } from '../../../contract/errors.ts';
import { appendToCache, type KeysAndValues } from './appendToCache.ts';
import type { LanguageArchitecture, VideoLlamaManifest } from './bundleManifest.ts';
import { type CachePart, type CacheValues, createKvCache, type KvCache, type KvShape, partDims } from './kvCache.ts';
import { type FloatTensor, type OpenOptions, type OrtSession, openSession, type TensorLike } from './session.ts';
import { openTokenEmbeddings } from './tokenEmbeddings.ts';

/** Positions per run: enough for matrix products at full speed, few enough that a cancel between runs is felt. */
const PREFILL_CHUNK = 512;

/** The language model of a bundle: Qwen2, Mistral or Mixtral, with its token embeddings. */
export interface LanguageModel {
  readonly provider: OrtSession['provider'];
  /** D, the width of one position. */
  readonly hiddenSize: number;
  /** Positions that one conversation may have. */
  readonly maxLength: number;
  /** Positions that are best read in one run. */
  readonly prefillChunk: number;
  /** @returns (ids, D) */
  embed(tokenIds: readonly number[]): Float32Array;
  newCache(): KvCache;
  readonly cacheShape: KvShape;
  /** A conversation that goes on after what `cache` holds, and fills it. */
  continueFrom(cache: KvCache): CachedDecoder;
  close(): Promise<void>;
}

/** What `core/generate` calls a `Decoder`. */
export interface CachedDecoder {
  readonly hiddenSize: number;
  readonly length: number;
  readonly maxLength: number;
  readonly prefillChunk: number;
  /** @param inputsEmbeds (s, D); @returns logits (V) of the last position */
  prefill(inputsEmbeds: Float32Array): Promise<Float32Array>;
  /** @returns logits (V) */
  decodeStep(tokenId: number): Promise<Float32Array>;
}

export async function openLanguageModel(
  bundleFolder: string,
  manifest: VideoLlamaManifest,
  options: OpenOptions,
): Promise<LanguageModel> {
  const { hiddenSize, maxPositions } = manifest.architecture.language;
  const embeddings = openTokenEmbeddings(bundleFolder, manifest);
  const session = await openSession(join(bundleFolder, manifest.graphs.decoder.file), options);
  const shape = cacheShape(session, manifest.architecture.language);
  const outputs = outputNames(shape);

  /** Reads (1, s, D) after what the cache holds, and appends to it. */
  const read = async (cache: KvCache, inputsEmbeds: Float32Array): Promise<Float32Array> => {
    const positions = inputsEmbeds.length / hiddenSize;
    const total = cache.length + positions;
    if (total > maxPositions) throw tooLong(total, maxPositions);
    const feeds: Record<string, TensorLike> = {
      inputs_embeds: { data: inputsEmbeds, dims: [1, positions, hiddenSize] },
      past_length: { data: BigInt64Array.of(BigInt(cache.length)), dims: [] },
      ...pastTensors(cache, shape),
    };
    const { logits, ...added } = await session.run(feeds, outputs);
    appendToCache(cache, shape, positions, newKeysAndValues(added, shape));
    return (logits as FloatTensor).data; // (1, V)
  };

  return {
    get provider() {
      return session.provider;
    },
    hiddenSize,
    maxLength: maxPositions,
    prefillChunk: PREFILL_CHUNK,
    embed: (tokenIds) => embeddings.lookUp(tokenIds),
    newCache: () => createKvCache(shape),
    cacheShape: shape,
    continueFrom: (cache) => ({
      hiddenSize,
      maxLength: maxPositions,
      prefillChunk: PREFILL_CHUNK,
      get length() {
        return cache.length;
      },
      prefill: (inputsEmbeds) => read(cache, inputsEmbeds),
      decodeStep: (tokenId) => read(cache, embeddings.lookUp([tokenId])),
    }),
    async close() {
      embeddings.close();
      await session.close();
    },
  };
}

/** As the graph's inputs say, whatever the checkpoint's own sizes are. */
function cacheShape({ inputs }: OrtSession, { kvHeads, headDim }: LanguageArchitecture): KvShape {
  const parts = [...inputs].flatMap(([name, input]) => {
    const part = /^past_key_values\.0\.(\w+)$/.exec(name)?.[1];
    return part === undefined ? [] : [{ ...input, name: part } as CachePart];
  });
  const layers = [...inputs.keys()].filter((name) => /^past_key_values\.\d+\.key$/.test(name)).length;
  if (layers > 0) return { layers, kvHeads, headDim, parts };
  throw new PlayheadError({ code: 'model-invalid', message: 'The decoder of this model does not take a cache.' });
}

/** The graph's inputs for what the cache holds. */
export function pastTensors(cache: KvCache, { parts }: KvShape): Record<string, TensorLike> {
  const sized = parts.map((part) => ({ name: part.name, dims: partDims(part, cache.capacity) }));
  return Object.fromEntries(
    cache.layers.flatMap((layer, i) =>
      sized.map(({ name, dims }) => [`past_key_values.${i}.${name}`, { data: layer[name] as CacheValues, dims }]),
    ),
  );
}

function newKeysAndValues(outputs: Record<string, FloatTensor>, { layers }: KvShape): KeysAndValues[] {
  const data = (name: string) => (outputs[name] as FloatTensor).data;
  return Array.from({ length: layers }, (_, i) => ({
    key: data(`new_key_values.${i}.key`),
    value: data(`new_key_values.${i}.value`),
  }));
}

function outputNames({ layers }: KvShape): string[] {
  const ofLayers = Array.from({ length: layers }, (_, i) => [`new_key_values.${i}.key`, `new_key_values.${i}.value`]);
  return ['logits', ...ofLayers.flat()];
}

function tooLong(positions: number, maxPositions: number): PlayheadError {
  return new PlayheadError({
    code: 'invalid-input',
    message: `This clip and question need ${positions} positions, and the model has ${maxPositions}.`,
    hint: 'Ask about a shorter clip.',
  });
}
