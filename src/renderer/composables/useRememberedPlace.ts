/** Keeps the player's moment and segment in the address, so that a reload comes back to them. */
import { watchDebounced } from '@vueuse/core';
import { mediaRoute } from '../logic/route.ts';
import type { App } from './useApp.ts';

export function useRememberedPlace({ player, router }: App): void {
  watchDebounced(
    () =>
      [
        player.item.value?.id,
        Math.round(player.media.timeSec.value),
        player.clip.segmentId.value,
        player.clip.range.value,
      ] as const,
    ([mediaId]) => {
      const route = router.current.value;
      if (route.page !== 'media' || route.mediaId !== mediaId) return;
      const segmentId = player.clip.segmentId.value;
      const range = segmentId === null ? player.clip.range.value : null;
      router.remember(
        mediaRoute(mediaId, { timeSec: player.media.timeSec.value, segmentId, range, query: route.query }),
      );
    },
    { debounce: 400, maxWait: 2000 },
  );
}
