import type { Provider } from './session.ts';

/**
 * How many rows (positions of a prompt, patches of frames) one run should read. A cancel is heard between runs, so
 * as few as keep matrix products at full speed: on a CPU that is reached at 128 (docs/performance.md); a GPU wants more.
 */
export function rowsPerRun(provider: Provider): number {
  return provider === 'cpu' ? 128 : 1024;
}
