import { join } from 'node:path';
import type { DualEncoderManifest } from '../../models/bundleManifest.ts';
import { openTogether } from './openTogether.ts';
import { rowsPerRun } from './rowsPerRun.ts';
import { type OpenOptions, type OrtSession, openSession } from './session.ts';

/** A whole CLIP or SigLIP: pictures and texts in one vector space. */
export interface DualEncoder {
  /** The picture's half. */
  readonly provider: OrtSession['provider'];
  readonly textProvider: OrtSession['provider'];
  readonly dimensions: number;
  /**
   * @param pixelValues (T, 3, S, S)
   * @returns image_embeds, T vectors of unit length
   */
  embedImages(pixelValues: Float32Array): Promise<Float32Array[]>;
  /**
   * @param tokenIds with the tokenizer's special tokens, of any length: cut and padded here
   * @returns text_embeds, one vector of unit length
   */
  embedTokens(tokenIds: readonly number[]): Promise<Float32Array>;
  close(): Promise<void>;
}

export async function openDualEncoder(
  bundleFolder: string,
  manifest: DualEncoderManifest,
  options: OpenOptions,
  textOptions = options,
): Promise<DualEncoder> {
  const { vision, text, embeddingSize } = manifest.architecture;
  const { image, words } = await openTogether({
    image: () => openSession(join(bundleFolder, manifest.graphs.image.file), options),
    words: () => openSession(join(bundleFolder, manifest.graphs.text.file), textOptions),
  });
  return {
    get provider() {
      return image.provider;
    },
    get textProvider() {
      return words.provider;
    },
    dimensions: embeddingSize,
    async embedImages(pixelValues) {
      const { imageSize, tokensPerFrame } = vision;
      const frameLength = 3 * imageSize ** 2;
      // A run's scores take heads · patches² values a picture: all pictures at once would need as many times that.
      const perRun = Math.max(1, Math.floor(rowsPerRun(image.provider) / tokensPerFrame)) * frameLength;
      const embeds: Float32Array[] = [];
      for (let first = 0; first < pixelValues.length; first += perRun) {
        const data = pixelValues.subarray(first, first + perRun);
        const dims = [data.length / frameLength, 3, imageSize, imageSize];
        const { image_embeds } = await image.run({ pixel_values: { data, dims } }, ['image_embeds']);
        for (let at = 0; at < image_embeds.data.length; at += embeddingSize)
          embeds.push(image_embeds.data.slice(at, at + embeddingSize));
      }
      return embeds;
    },
    async embedTokens(tokenIds) {
      const padded = padTokens(tokenIds, text);
      const feeds = { input_ids: { data: BigInt64Array.from(padded, BigInt), dims: [1, text.maxLength] } };
      const { text_embeds } = await words.run(feeds, ['text_embeds']);
      return text_embeds.data.slice(0, embeddingSize);
    },
    async close() {
      await image.close();
      await words.close();
    },
  };
}

/** Exactly `maxLength` ids; a text that is too long keeps the token that closes it. */
export function padTokens(
  tokenIds: readonly number[],
  {
    maxLength,
    padTokenId,
    eosTokenId,
  }: Pick<DualEncoderManifest['architecture']['text'], 'maxLength' | 'padTokenId' | 'eosTokenId'>,
): number[] {
  if (tokenIds.length <= maxLength) {
    return [...tokenIds, ...Array<number>(maxLength - tokenIds.length).fill(padTokenId)];
  }
  const closing = eosTokenId ?? (tokenIds.at(-1) as number);
  return [...tokenIds.slice(0, maxLength - 1), closing];
}
