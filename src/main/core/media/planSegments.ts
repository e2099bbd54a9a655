import type { Segment } from '../../../contract/index.ts';
import type { MediaProbe } from './mediaTypes.ts';

/** The stretches of a file that are indexed one by one: they cover the whole duration, none is longer than 30 s. */
export async function planSegments(_probe: MediaProbe, _options: { signal?: AbortSignal } = {}): Promise<Segment[]> {
  throw new Error('not yet');
}
