/** How large the bundle will be that is made of a checkpoint, before any of it is fetched: for the look at the disk. */
import type { WeightChoiceInput } from '../../contract/index.ts';
import type { Listing } from './modelSource.ts';

/** Of the published 16-bit weights; int8 and int4 with their scales, and with what is not packed. */
const ofPublished = { fp32: 2.05, fp16: 1.05, int8: 0.65, int4: 0.42 };

export function estimatedBytes(
  { files }: Pick<Listing, 'files'>,
  { format = 'fp32', parts = {} }: WeightChoiceInput,
): number {
  const published = files
    .filter(({ path }) => /\.(safetensors|bin)$/.test(path))
    .reduce((sum, { size }) => sum + size, 0);
  const largest = Math.max(...[format, ...Object.values(parts)].map((each) => ofPublished[each]));
  return Math.ceil(published * largest);
}
