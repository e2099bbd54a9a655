/** What the engine knows of one file; a file that is opened later is never replaced by one that comes late. */
import { computed, shallowRef } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import { type ErrorInfo, toErrorInfo } from '../../contract/errors.ts';
import type { MediaDetail } from '../../contract/media.ts';
import { createLatestOnly } from '../logic/latestOnly.ts';

export function useMediaDetail(client: PlayheadClient) {
  const detail = shallowRef<MediaDetail | null>(null);
  const error = shallowRef<ErrorInfo | null>(null);
  const latest = createLatestOnly();
  const item = computed(() => detail.value?.item ?? null);
  const segments = computed(() => detail.value?.segments ?? []);

  async function fetch(mediaId: string, then?: () => void): Promise<void> {
    try {
      const found = await latest.run(() => client.call('getMedia', { mediaId }));
      if (!found) return;
      detail.value = found;
      then?.();
    } catch (thrown) {
      error.value = toErrorInfo(thrown);
    }
  }

  function forget(): void {
    latest.forget();
    detail.value = null;
  }

  const refresh = () => (item.value ? fetch(item.value.id) : Promise.resolve());
  client.onEvent((event) => {
    if (event.type === 'libraryChanged' && item.value && event.mediaIds.includes(item.value.id)) void refresh();
  });
  client.onConnection((state) => {
    if (state === 'open') void refresh();
  });

  return { detail, item, segments, error, fetch, forget };
}
