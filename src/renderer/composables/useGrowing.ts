/** A file that is still being written: its length is asked for again and again while it is open. */
import { useIntervalFn } from '@vueuse/core';
import type { ComputedRef } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import type { MediaItem } from '../../contract/media.ts';
import type { useMediaElement } from './useMediaElement.ts';
import type { usePlaySource } from './usePlaySource.ts';

const EVERY_MS = 3000;
/** Seconds before the end from which the newest is shown. */
const NEWEST_SEC = 3;

interface Needs {
  item: ComputedRef<MediaItem | null>;
  media: Pick<ReturnType<typeof useMediaElement>, 'durationSec' | 'seek' | 'play' | 'reload'>;
  source: ReturnType<typeof usePlaySource>;
}

export function useGrowing(client: PlayheadClient, { item, media, source }: Needs) {
  useIntervalFn(async () => {
    const mediaId = item.value?.id;
    if (!mediaId || !source.facts.value?.isFresh) return;
    const found = await client.call('playback', { mediaId }).catch(() => null);
    if (!found || item.value?.id !== mediaId) return;
    source.facts.value = found;
    if (found.isGrowing) media.durationSec.value = Math.max(media.durationSec.value, found.durationSec);
  }, EVERY_MS);

  /** What was fetched of the file is the shorter one: it is begun anew. */
  function toNewest(): void {
    media.seek(Math.max(0, media.durationSec.value - NEWEST_SEC));
    source.begin();
  }

  return { toNewest };
}
