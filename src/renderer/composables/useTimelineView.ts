/** What the timeline shows: the whole file, or a stretch of it that follows the playhead. */
import { type ComputedRef, computed, shallowRef, watch } from 'vue';
import type { MediaItem, Segment } from '../../contract/media.ts';
import { panView, shortestView, viewWith, wholeView, zoomView } from '../logic/timelineView.ts';
import type { useMediaElement } from './useMediaElement.ts';

type MediaElement = Pick<ReturnType<typeof useMediaElement>, 'timeSec' | 'durationSec' | 'isPlaying'>;

/** @param wholeSec the length that the file should have, where its end is missing */
export function useTimelineView(
  item: ComputedRef<MediaItem | null>,
  { timeSec, durationSec: readSec }: MediaElement,
  wholeSec: () => number,
) {
  const durationSec = computed(() => Math.max(readSec.value, wholeSec()));
  /** Null for the whole file. */
  const chosen = shallowRef<Segment | null>(null);
  const view = computed(() => chosen.value ?? wholeView(durationSec.value));
  const isWhole = computed(() => chosen.value === null);

  function show(next: Segment): void {
    const isAll = next.endSec - next.startSec >= durationSec.value - 1e-6;
    chosen.value = isAll ? null : next;
  }

  /** @param factor over 1 goes nearer. @param aroundSec the playhead when left out */
  function zoom(factor: number, aroundSec = timeSec.value): void {
    const shortestSec = shortestView(item.value?.fps ?? 0);
    const around = viewWith(view.value, aroundSec, durationSec.value);
    show(zoomView(around, { factor, aroundSec }, { durationSec: durationSec.value, shortestSec }));
  }

  const pan = (bySec: number) => show(panView(view.value, bySec, durationSec.value));
  const showAll = () => {
    chosen.value = null;
  };

  watch(() => item.value?.id, showAll);
  watch(timeSec, (sec) => {
    if (chosen.value) show(viewWith(chosen.value, sec, durationSec.value));
  });

  return { view, isWhole, durationSec, zoom, pan, show, showAll };
}
