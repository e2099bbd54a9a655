/** Where a file was left, a mark of the person's, and which of its sound tracks and subtitles were chosen. */
import { watchDebounced } from '@vueuse/core';
import { type ComputedRef, shallowRef } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import type { MediaItem } from '../../contract/media.ts';
import { emptyPlayerMemory, type PlayerMemory } from '../../contract/playback.ts';
import { positionToKeep } from '../logic/resume.ts';
import type { useMediaElement } from './useMediaElement.ts';

type MediaElement = Pick<ReturnType<typeof useMediaElement>, 'timeSec' | 'isPlaying' | 'durationSec' | 'seek'>;

export function usePlayerMemory(client: PlayheadClient, item: ComputedRef<MediaItem | null>, media: MediaElement) {
  const memory = shallowRef<PlayerMemory>(emptyPlayerMemory);
  let placeSec: number | null = null;

  /** @param resumes true where the person asked for no moment: it goes on where it was left */
  async function open(mediaId: string, resumes: boolean): Promise<void> {
    memory.value = emptyPlayerMemory;
    placeSec = item.value?.marks.resumeSec ?? null;
    const hasBegun = media.isPlaying.value || media.timeSec.value > 0;
    if (resumes && !hasBegun && placeSec !== null) media.seek(placeSec);
    // Without it the file plays with its own choice of sound.
    const found = await client.call('playerMemory', { mediaId }).catch(() => null);
    if (found !== null && item.value?.id === mediaId) memory.value = found;
  }

  async function change(next: Partial<PlayerMemory>): Promise<void> {
    const mediaId = item.value?.id;
    if (!mediaId || item.value?.isGranted) return;
    memory.value = { ...memory.value, ...next };
    await client.call('changePlayer', { mediaId, ...next }).catch(() => {}); // an extra: playing goes on without it
  }

  watchDebounced(
    () => [item.value?.id, Math.round(media.timeSec.value)] as const,
    ([mediaId], [before]) => {
      if (mediaId === undefined || mediaId !== before || item.value?.kind === 'image') return;
      const resumeSec = positionToKeep(media.timeSec.value, media.durationSec.value);
      if (resumeSec === placeSec || item.value?.isGranted) return;
      placeSec = resumeSec;
      void client.call('rememberOpened', { mediaId, resumeSec }).catch(() => {}); // an extra, too
    },
    { debounce: 700, maxWait: 3000 },
  );

  return { memory, open, change };
}
