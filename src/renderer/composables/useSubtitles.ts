/** The words beside and inside the open file, and which of them are shown over the picture. */
import { type ComputedRef, computed, shallowRef, watch } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import type { MediaItem } from '../../contract/media.ts';
import type { SubtitleLine } from '../../contract/playback.ts';
import { linesAt, sourcesOf } from '../logic/subtitles.ts';
import type { useMediaElement } from './useMediaElement.ts';
import type { usePlayerMemory } from './usePlayerMemory.ts';

interface Needs {
  item: ComputedRef<MediaItem | null>;
  media: Pick<ReturnType<typeof useMediaElement>, 'timeSec'>;
  kept: ReturnType<typeof usePlayerMemory>;
}

export function useSubtitles(client: PlayheadClient, { item, media, kept }: Needs) {
  const lines = shallowRef<SubtitleLine[]>([]);
  const sources = computed(() => sourcesOf(lines.value));
  const chosen = computed(() => kept.memory.value.subtitles);
  const shown = computed(() => linesAt(lines.value, chosen.value, media.timeSec.value));

  watch(
    () => (item.value?.kind === 'image' ? null : (item.value?.id ?? null)),
    async (mediaId) => {
      lines.value = [];
      if (mediaId === null) return;
      // What cannot be read is told by the index; the player goes on without.
      const found = await client.call('subtitles', { mediaId }).catch(() => []);
      if (item.value?.id === mediaId) lines.value = found;
    },
    { immediate: true },
  );

  const choose = (source: string | null) => kept.change({ subtitles: source });
  /** Off, or the first ones. */
  const toggle = () => choose(chosen.value === null ? (sources.value[0] ?? null) : null);
  return { lines, sources, chosen, shown, choose, toggle };
}
