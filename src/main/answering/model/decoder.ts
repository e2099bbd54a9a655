import { join } from 'node:path';
import { PlayheadError } from '../../../contract/errors.ts';
import type { VideoLlamaManifest } from '../../models/bundleManifest.ts';
import { type ClipCache, openCacheKeeper } from './cacheKeeper.ts';
import { cacheShapeOf } from './cacheTensors.ts';
import type { KvCache, KvShape } from './kvCache.ts';
import { openTogether } from './openTogether.ts';
import { rowsPerRun } from './rowsPerRun.ts';
import { type OpenOptions, type OrtSession, openSession } from './session.ts';
import { DeviceTensor, type Feeds } from './tensors.ts';
import { openTokenEmbeddings } from './tokenEmbeddings.ts';

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
  /** Where the provider keeps it: in the host's memory or the adapter's. */
  newCache(): ClipCache;
  readonly cacheShape: KvShape;
  /** The first `length` positions in the host's memory; the cache itself where it is there already. */
  toHost(cache: ClipCache, length: number): Promise<KvCache>;
  fromHost(cache: KvCache): Promise<ClipCache>;
  /** A conversation that goes on after what `cache` holds, and fills it. */
  continueFrom(cache: ClipCache): CachedDecoder;
  close(): Promise<void>;
}

/** What `answering/generate` calls a `Decoder`. */
export interface CachedDecoder {
  readonly hiddenSize: number;
  readonly length: number;
  readonly maxLength: number;
  readonly prefillChunk: number;
  /**
   * @param inputsEmbeds (s, D), or (1, s, D) in the adapter's memory
   * @returns logits (V) of the last position
   */
  prefill(inputsEmbeds: Float32Array | DeviceTensor): Promise<Float32Array>;
  /** @returns logits (V) */
  decodeStep(tokenId: number): Promise<Float32Array>;
}

export async function openLanguageModel(
  bundleFolder: string,
  manifest: VideoLlamaManifest,
  options: OpenOptions,
): Promise<LanguageModel> {
  const { hiddenSize, maxPositions } = manifest.architecture.language;
  const { embeddings, session, shape } = await openTogether(
    {
      embeddings: () => openTokenEmbeddings(bundleFolder, manifest),
      session: () => openSession(join(bundleFolder, manifest.graphs.decoder.file), options),
    },
    (parts) => ({ ...parts, shape: cacheShapeOf(parts.session, manifest.architecture.language) }),
  );
  const keeper = await openCacheKeeper(session, shape, options);

  /** Reads (1, s, D) after what the cache holds, and appends to it. */
  const read = async (cache: ClipCache, inputsEmbeds: Float32Array | DeviceTensor): Promise<Float32Array> => {
    const isThere = inputsEmbeds instanceof DeviceTensor;
    const positions = isThere ? (inputsEmbeds.dims[1] ?? 0) : inputsEmbeds.length / hiddenSize;
    const total = cache.length + positions;
    if (total > maxPositions) throw tooLong(total, maxPositions);
    const feeds: Feeds = {
      inputs_embeds: isThere ? inputsEmbeds : { data: inputsEmbeds, dims: [1, positions, hiddenSize] },
      past_length: { data: BigInt64Array.of(BigInt(cache.length)), dims: [] },
    };
    return keeper.extend(cache, positions, feeds); // (1, V)
  };

  return {
    get provider() {
      return session.provider;
    },
    hiddenSize,
    maxLength: maxPositions,
    get prefillChunk() {
      return rowsPerRun(session.provider);
    },
    embed: (tokenIds) => embeddings.lookUp(tokenIds),
    newCache: keeper.newCache,
    toHost: keeper.toHost,
    fromHost: keeper.fromHost,
    cacheShape: shape,
    continueFrom: (cache) => ({
      hiddenSize,
      maxLength: maxPositions,
      prefillChunk: rowsPerRun(session.provider),
      get length() {
        return cache.length;
      },
      prefill: (inputsEmbeds) => read(cache, inputsEmbeds),
      decodeStep: (tokenId) => read(cache, embeddings.lookUp([tokenId])),
    }),
    async close() {
      embeddings.close();
      await keeper.close();
      await session.close();
    },
  };
}

function tooLong(positions: number, maxPositions: number): PlayheadError {
  return new PlayheadError({
    code: 'invalid-input',
    message: `This clip and question need ${positions} positions, and the model has ${maxPositions}.`,
    hint: 'Ask about a shorter clip.',
  });
}
