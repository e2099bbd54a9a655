/** Moments for words: asked a little after the last letter, and never answered by an older question. */
import { useTimeoutFn } from '@vueuse/core';
import { ref, shallowRef } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import { type ErrorInfo, toErrorInfo } from '../../contract/errors.ts';
import type { SearchResult } from '../../contract/search.ts';
import { collect } from '../logic/collect.ts';
import { createLatestOnly } from '../logic/latestOnly.ts';

const PAUSE_MS = 180;
/** Between two searches for the same words while the library grows. */
const REFRESH_MS = 1500;

export function useSearch(client: PlayheadClient) {
  const text = ref('');
  const result = shallowRef<SearchResult | null>(null);
  const error = shallowRef<ErrorInfo | null>(null);
  const isBusy = ref(false);
  const latest = createLatestOnly();
  /** Begins anew with every letter. */
  const pause = useTimeoutFn(run, PAUSE_MS, { immediate: false });

  function setText(next: string): void {
    if (next === text.value) return;
    text.value = next;
    pause.start();
    isBusy.value = next.trim() !== '';
    if (next.trim() === '') clear();
  }

  /** Searches at once, without waiting for more letters. */
  async function run(): Promise<void> {
    pause.stop();
    const words = text.value.trim();
    if (words === '') return clear();
    isBusy.value = true;
    try {
      const found = await latest.run(() => client.call('search', { text: words }));
      if (!found) return;
      result.value = found;
      error.value = null;
    } catch (thrown) {
      error.value = toErrorInfo(thrown);
    }
    isBusy.value = false;
  }

  function clear(): void {
    latest.forget();
    result.value = null;
    error.value = null;
    isBusy.value = false;
  }

  // What is indexed meanwhile is found as well, without asking again.
  const grown = collect(REFRESH_MS, () => {
    if (text.value.trim() !== '' && !pause.isPending.value) void run();
  });
  client.onEvent((event) => {
    if (event.type === 'libraryChanged') grown(null);
  });
  client.onConnection((state) => {
    if (state === 'open' && text.value.trim() !== '') void run();
  });
  return { text, result, error, isBusy, setText, run };
}
