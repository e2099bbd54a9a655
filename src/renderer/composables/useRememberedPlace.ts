/** Keeps the player's moment and segment in the address, so that a reload comes back to them. */
import { watchDebounced } from '@vueuse/core';
import { mediaRoute } from '../logic/route.ts';
import type { App } from './useApp.ts';

export function useRememberedPlace({ player, router }: App): void {
  watchDebounced(
    () => [player.item.value?.id, Math.round(player.media.timeSec.value), player.clip.segmentId.value] as const,
    ([mediaId]) => {
      const route = router.current.value;
      if (route.page !== 'media' || route.mediaId !== mediaId) return;
      const timeSec = player.media.timeSec.value;
      router.remember(mediaRoute(mediaId, { timeSec, segmentId: player.clip.segmentId.value, query: route.query }));
    },
    { debounce: 400, maxWait: 2000 },
  );
}
