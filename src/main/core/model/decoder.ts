import { join } from 'node:path';
import { PlayheadError } from '../../../contract/errors.ts';
import type { VideoLlamaManifest } from './bundleManifest.ts';
import { createKvCache, ensureCapacity, type KvCache, type KvShape } from './kvCache.ts';
import { readsManyPositionsRightly, SAFE_CHUNK } from './probePrefill.ts';
import { type OpenOptions, type OrtSession, openSession, type TensorLike } from './session.ts';
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
  const shape = cacheShape(session);

  /** Reads (1, s, D) after what the cache holds, in place. */
  const read = async (cache: KvCache, inputsEmbeds: Float32Array): Promise<Float32Array> => {
    const positions = inputsEmbeds.length / hiddenSize;
    const total = cache.length + positions;
    if (total > maxPositions) throw tooLong(total, maxPositions);
    ensureCapacity(cache, shape, total);
    const { past, present } = cacheTensors(cache, shape);
    const feeds: Record<string, TensorLike> = {
      inputs_embeds: { data: inputsEmbeds, dims: [1, positions, hiddenSize] },
      seqlens_k: { data: Int32Array.of(total - 1), dims: [1] },
      total_sequence_length: { data: Int32Array.of(total), dims: [] },
      ...past,
    };
    const { logits } = await session.run(feeds, ['logits'], present);
    cache.length = total;
    return logits.data; // (1, V)
  };

  const readInChunks = async (inputsEmbeds: Float32Array, chunk: number): Promise<Float32Array> => {
    const cache = createKvCache(shape);
    let logits = new Float32Array(0);
    for (let start = 0; start < inputsEmbeds.length; start += chunk * hiddenSize) {
      logits = Float32Array.from(await read(cache, inputsEmbeds.subarray(start, start + chunk * hiddenSize)));
    }
    return logits;
  };
  let prefillChunk = PREFILL_CHUNK;
  if (session.provider !== 'cpu' && !(await readsManyPositionsRightly(hiddenSize, readInChunks))) {
    prefillChunk = SAFE_CHUNK;
    options.onNotice?.(`${session.provider} reads long prompts wrongly on this machine; they are read in short steps.`);
  }

  return {
    get provider() {
      return session.provider;
    },
    hiddenSize,
    maxLength: maxPositions,
    prefillChunk,
    embed: (tokenIds) => embeddings.lookUp(tokenIds),
    newCache: () => createKvCache(shape),
    cacheShape: shape,
    continueFrom: (cache) => ({
      hiddenSize,
      maxLength: maxPositions,
      prefillChunk,
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

/** As the graph says: it may have wider heads than the checkpoint, where an operator wants a multiple of 16. */
function cacheShape({ inputDims }: OrtSession): KvShape {
  const [, kvHeads, , headDim] = inputDims.get('past_key_values.0.key') ?? [];
  const layers = [...inputDims.keys()].filter((name) => /^past_key_values\.\d+\.key$/.test(name)).length;
  if (typeof kvHeads === 'number' && typeof headDim === 'number') return { layers, kvHeads, headDim };
  throw new PlayheadError({ code: 'model-invalid', message: 'The decoder of this model does not take a cache.' });
}

/** The same arrays as input and as output: GroupQueryAttention appends to them. */
function cacheTensors(cache: KvCache, { kvHeads, headDim }: KvShape) {
  const past: Record<string, TensorLike> = {};
  const present: Record<string, TensorLike> = {};
  const dims = [1, kvHeads, cache.capacity, headDim];
  for (const [i, { key, value }] of cache.layers.entries()) {
    past[`past_key_values.${i}.key`] = present[`present.${i}.key`] = { data: key, dims };
    past[`past_key_values.${i}.value`] = present[`present.${i}.value`] = { data: value, dims };
  }
  return { past, present };
}

function tooLong(positions: number, maxPositions: number): PlayheadError {
  return new PlayheadError({
    code: 'invalid-input',
    message: `This clip and question need ${positions} positions, and the model has ${maxPositions}.`,
    hint: 'Ask about a shorter clip.',
  });
}
