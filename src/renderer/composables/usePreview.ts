/** The picture of the moment under the pointer: one request at a time, the newest one; never a picture of another moment. */
import { type ComputedRef, computed, shallowRef, watch } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import { stillRoute } from '../../contract/madeRoutes.ts';
import type { MediaItem } from '../../contract/media.ts';

/** Pixels of the longest edge. */
const EDGE = 240;
/** Moments nearer than this share a picture while the whole of a long file is shown. */
const SHARE_OF_FILE = 1 / 800;

export function usePreview(client: PlayheadClient, item: ComputedRef<MediaItem | null>, sec: () => number) {
  const shown = shallowRef<string | null>(null);
  let isFetching = false;
  const wanted = computed(() => {
    const file = item.value;
    if (file?.kind !== 'video' || file.isGranted || file.state === 'offline') return null;
    const gridMs = Math.max(1000 / (file.fps || 25), file.durationSec * 1000 * SHARE_OF_FILE);
    return stillRoute(file.id, { atMs: Math.round(Math.floor((sec() * 1000) / gridMs) * gridMs + 1), edge: EDGE });
  });

  async function fetchNewest(): Promise<void> {
    const route = wanted.value;
    if (isFetching || route === null || route === shown.value) return;
    isFetching = true;
    const image = new Image();
    image.src = client.urlOf(route);
    await image.decode().catch(() => {}); // no picture, only the time
    isFetching = false;
    shown.value = route;
    void fetchNewest();
  }

  watch(wanted, () => void fetchNewest(), { immediate: true });
  const url = computed(() => (shown.value !== null && shown.value === wanted.value ? client.urlOf(shown.value) : null));
  return { url };
}
