import type { MediaProbe } from './mediaTypes.ts';

export async function probeMedia(_path: string, _options: { signal?: AbortSignal } = {}): Promise<MediaProbe> {
  throw new Error('not yet');
}
