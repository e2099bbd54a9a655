/** The file that is open: what is known of it, its hits for the present search, its motion and its clip. */
import { computed, shallowRef } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import type { Segment } from '../../contract/media.ts';
import { fileState } from '../logic/fileState.ts';
import type { MediaRoute } from '../logic/route.ts';
import { segmentAt } from '../logic/timeline.ts';
import { useClip } from './useClip.ts';
import { useGrowing } from './useGrowing.ts';
import { useHitsInFile } from './useHitsInFile.ts';
import { useMarkers } from './useMarkers.ts';
import { useMediaDetail } from './useMediaDetail.ts';
import { useMediaElement } from './useMediaElement.ts';
import { usePlayerMemory } from './usePlayerMemory.ts';
import { usePlaySource } from './usePlaySource.ts';
import { usePlayTrouble } from './usePlayTrouble.ts';
import { useSubtitles } from './useSubtitles.ts';
import { useTimelineView } from './useTimelineView.ts';

export function usePlayer(client: PlayheadClient) {
  const { detail, item, segments, error, ...details } = useMediaDetail(client);
  const media = useMediaElement();
  const clip = useClip();
  const { hits, find: findHits } = useHitsInFile(client);
  const { check, forget: forgetCheck, tryAgain } = usePlayTrouble(client, item, media);

  const source = usePlaySource(client, { item, media, check });
  const kept = usePlayerMemory(client, item, media);
  const subtitles = useSubtitles(client, { item, media, kept });
  const markers = useMarkers(client, item);
  const view = useTimelineView(item, media, () => source.facts.value?.wholeSec ?? 0);
  const { toNewest } = useGrowing(client, { item, media, source });
  const state = computed(() => item.value && fileState(item.value, source.facts.value, check.value));
  /** The part of the page that fills the screen. */
  const screen = shallowRef<HTMLElement | null>(null);

  /** The segment whose knowledge is shown: the chosen one, else the one under the playhead. */
  const shownSegment = computed(
    () => segments.value.find((s) => s.id === clip.segmentId.value) ?? segmentAt(segments.value, media.timeSec.value),
  );

  async function open(route: MediaRoute): Promise<void> {
    error.value = null;
    void findHits(route.mediaId, route.query);
    if (item.value?.id === route.mediaId) return goTo(route);
    close();
    await details.fetch(route.mediaId, () => {
      media.reset(item.value?.durationSec ?? 0, route.timeSec ?? 0);
      goTo(route);
      void kept.open(route.mediaId, route.timeSec === null && route.segmentId === null && route.range === null);
    });
  }

  function goTo(route: MediaRoute): void {
    const segment = segments.value.find((s) => s.id === route.segmentId);
    if (segment) clip.selectSegment(segment);
    else if (route.range) clip.selectRange(route.range);
    const time = route.timeSec ?? segment?.startSec;
    if (time !== undefined) media.seek(time);
  }

  function close(): void {
    media.pause();
    media.reset(0, 0);
    clip.clear();
    forgetCheck();
    details.forget();
  }

  /** What is chosen plays, is drawn, and is what the model hears from now on. */
  async function chooseSound(streamIndex: number): Promise<void> {
    await kept.change({ soundTrack: streamIndex });
    source.begin();
  }

  /** Plays a stretch; it is the clip from now on. */
  function playStretch({ startSec, endSec }: Segment): void {
    clip.selectRange({ startSec, endSec });
    media.playRange({ startSec, endSec });
  }

  const parts = { media, source, check, clip, kept, subtitles, markers, view, screen };
  const calls = { open, close, tryAgain, toNewest, chooseSound, playStretch };
  return { detail, item, segments, hits, error, shownSegment, fileState: state, ...parts, ...calls };
}
