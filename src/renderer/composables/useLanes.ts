/** The lanes of the open file, and which of them the person wants to see (kept in this window). */
import { useLocalStorage } from '@vueuse/core';
import { computed } from 'vue';
import { drawnLanes, lanes } from '../logic/lanes.ts';
import type { App } from './useApp.ts';

export function useLanes({ player, conversation }: App) {
  const hidden = useLocalStorage<string[]>('playhead-hidden-lanes', []);
  const cited = computed(() =>
    conversation.messages.value.flatMap(({ provenance }) => provenance?.evidence?.parts ?? []),
  );
  const filled = computed(() => {
    const { segments, hits, markers } = player;
    const sources = {
      ...{ segments: segments.value, hits: hits.value },
      ...{ cited: cited.value, markers: markers.markers.value },
    };
    return lanes
      .map(({ itemsOf, ...lane }) => ({ ...lane, items: itemsOf(sources) }))
      .filter(({ items }) => items.length > 0);
  });
  const isShown = (id: string) => !hidden.value.includes(id);
  const shown = computed(() => filled.value.filter(({ id }) => isShown(id)));
  /** All that there is to switch. */
  const choices = computed(() => {
    const { item } = player;
    const drawn = drawnLanes.filter(({ id }) => (id === 'sound' ? item.value?.hasAudio : item.value?.kind === 'video'));
    return [...drawn, ...filled.value].map(({ id, name }) => ({ id, name, isShown: isShown(id) }));
  });

  function toggle(id: string): void {
    hidden.value = isShown(id) ? [...hidden.value, id] : hidden.value.filter((other) => other !== id);
  }

  return { shown, choices, isShown, toggle };
}
