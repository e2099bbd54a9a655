/** The file that is open: what is known of it, its hits for the present search, its motion and its clip. */
import { computed, shallowRef, watch } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import { type ErrorInfo, toErrorInfo } from '../../contract/errors.ts';
import type { MediaDetail } from '../../contract/media.ts';
import type { SearchHit } from '../../contract/search.ts';
import { createLatestOnly } from '../logic/latestOnly.ts';
import type { MediaRoute } from '../logic/route.ts';
import { segmentAt } from '../logic/timeline.ts';
import { useClip } from './useClip.ts';
import { useMediaCheck } from './useMediaCheck.ts';
import { useMediaElement } from './useMediaElement.ts';

const HITS_IN_ONE_FILE = 100;

export function usePlayer(client: PlayheadClient) {
  const detail = shallowRef<MediaDetail | null>(null);
  const hits = shallowRef<SearchHit[]>([]);
  const error = shallowRef<ErrorInfo | null>(null);
  const media = useMediaElement();
  const clip = useClip();
  const { check, ask: askWhy, forget: forgetCheck } = useMediaCheck(client);
  const latest = createLatestOnly();
  const latestHits = createLatestOnly();

  const item = computed(() => detail.value?.item ?? null);
  const segments = computed(() => detail.value?.segments ?? []);
  /** The segment whose knowledge is shown: the chosen one, else the one under the playhead. */
  const shownSegment = computed(
    () => segments.value.find((s) => s.id === clip.segmentId.value) ?? segmentAt(segments.value, media.timeSec.value),
  );

  async function open(route: MediaRoute): Promise<void> {
    error.value = null;
    void findHits(route);
    if (item.value?.id === route.mediaId) return stand(route);
    close();
    await fetchDetail(route.mediaId, () => {
      media.reset(item.value?.durationSec ?? 0, route.timeSec ?? 0);
      stand(route);
    });
  }

  function stand(route: MediaRoute): void {
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

  async function findHits({ mediaId, query }: MediaRoute): Promise<void> {
    hits.value = [];
    if (query.trim() === '') return latestHits.forget();
    const question = { text: query.trim(), mediaId, limit: HITS_IN_ONE_FILE };
    // Marks on the timeline are an extra: without them the file is still shown.
    const found = await latestHits.run(() => client.call('search', question)).catch(() => null);
    if (found) hits.value = found.hits;
  }

  function close(): void {
    latest.forget();
    media.pause();
    media.reset(0, 0);
    clip.clear();
    forgetCheck();
    detail.value = null;
  }

  // What does not play is not blamed on its codec before the file itself was looked at.
  watch([media.trouble, () => item.value?.id, () => item.value?.state === 'offline'], ([trouble, id, isAway]) => {
    if (id && (isAway || trouble === 'none')) void askWhy(id);
  });

  watch(
    () => item.value?.path,
    (path, before) => {
      // The same file, found again in another place.
      if (path && before && check.value?.error) void tryAgain();
    },
  );

  /** Looks at the file once more, and plays it when it is sound again. */
  async function tryAgain(): Promise<void> {
    const id = item.value?.id;
    if (!id) return;
    forgetCheck();
    await askWhy(id);
    if (check.value?.error === null) media.reload();
  }

  const refresh = () => (item.value ? fetchDetail(item.value.id) : Promise.resolve());
  client.onEvent((event) => {
    if (event.type === 'libraryChanged' && item.value && event.mediaIds.includes(item.value.id)) void refresh();
  });
  client.onConnection((state) => {
    if (state === 'open') void refresh();
  });

  return { detail, item, segments, hits, error, media, check, clip, shownSegment, open, close, tryAgain };
}
