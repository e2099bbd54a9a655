/** The file that is open: what is known of it, its hits for the present search, its motion and its clip. */
import { computed, shallowRef } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import { type ErrorInfo, toErrorInfo } from '../../contract/errors.ts';
import type { MediaDetail } from '../../contract/media.ts';
import { createLatestOnly } from '../logic/latestOnly.ts';
import type { MediaRoute } from '../logic/route.ts';
import { segmentAt } from '../logic/timeline.ts';
import { useClip } from './useClip.ts';
import { useHitsInFile } from './useHitsInFile.ts';
import { useMediaElement } from './useMediaElement.ts';
import { usePlaySource } from './usePlaySource.ts';
import { usePlayTrouble } from './usePlayTrouble.ts';

export function usePlayer(client: PlayheadClient) {
  const detail = shallowRef<MediaDetail | null>(null);
  const error = shallowRef<ErrorInfo | null>(null);
  const latest = createLatestOnly();
  const item = computed(() => detail.value?.item ?? null);
  const segments = computed(() => detail.value?.segments ?? []);

  const media = useMediaElement();
  const clip = useClip();
  const { hits, find: findHits } = useHitsInFile(client);
  const { check, forget: forgetCheck, tryAgain } = usePlayTrouble(client, item, media);

  const source = usePlaySource(client, { item, media, check });

  /** The segment whose knowledge is shown: the chosen one, else the one under the playhead. */
  const shownSegment = computed(
    () => segments.value.find((s) => s.id === clip.segmentId.value) ?? segmentAt(segments.value, media.timeSec.value),
  );

  async function open(route: MediaRoute): Promise<void> {
    error.value = null;
    void findHits(route.mediaId, route.query);
    if (item.value?.id === route.mediaId) return goTo(route);
    close();
    await fetchDetail(route.mediaId, () => {
      media.reset(item.value?.durationSec ?? 0, route.timeSec ?? 0);
      goTo(route);
    });
  }

  function goTo(route: MediaRoute): void {
    const segment = segments.value.find((s) => s.id === route.segmentId);
    if (segment) clip.selectSegment(segment);
    else if (route.range) clip.selectRange(route.range);
    const time = route.timeSec ?? segment?.startSec;
    if (time !== undefined) media.seek(time);
  }

  async function fetchDetail(mediaId: string, then?: () => void): Promise<void> {
    try {
      const found = await latest.run(() => client.call('getMedia', { mediaId }));
      if (!found) return;
      detail.value = found;
      then?.();
    } catch (thrown) {
      error.value = toErrorInfo(thrown);
    }
  }

  function close(): void {
    latest.forget();
    media.pause();
    media.reset(0, 0);
    clip.clear();
    forgetCheck();
    detail.value = null;
  }

  const refresh = () => (item.value ? fetchDetail(item.value.id) : Promise.resolve());
  client.onEvent((event) => {
    if (event.type === 'libraryChanged' && item.value && event.mediaIds.includes(item.value.id)) void refresh();
  });
  client.onConnection((state) => {
    if (state === 'open') void refresh();
  });

  return { detail, item, segments, hits, error, media, source, check, clip, shownSegment, open, close, tryAgain };
}
