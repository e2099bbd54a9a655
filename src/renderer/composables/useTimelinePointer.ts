/** The pointer on the timeline: where it hovers, and whether it clicks a segment or draws a range; wheel and pinch zoom. */
import { useEventListener } from '@vueuse/core';
import { type Ref, ref, shallowRef } from 'vue';
import type { Segment } from '../../contract/media.ts';
import { clampTime, rangeBetween, segmentAt } from '../logic/timeline.ts';
import { secAt } from '../logic/timelineView.ts';
import type { App } from './useApp.ts';
import { usePinch } from './usePinch.ts';

/** Pixels before a press becomes a drag. */
const DRAG_PX = 5;
/** What answers a press by itself. */
const OWN_PRESS = '[data-own-press]';

export function useTimelinePointer({ player }: App, track: Ref<HTMLElement | null>) {
  const { media, clip, segments, view } = player;
  const hoverSec = ref<number | null>(null);
  /** The range that is being drawn. */
  const drawn = shallowRef<Segment | null>(null);
  let press: { x: number; sec: number } | null = null;
  let isDragging = false;

  function timeOf(event: MouseEvent): number {
    const box = track.value?.getBoundingClientRect();
    const fraction = box ? (event.clientX - box.left) / box.width : 0;
    return clampTime(secAt(view.view.value, fraction), media.durationSec.value);
  }

  function click(sec: number): void {
    const segment = segmentAt(segments.value, sec);
    if (segment) clip.selectSegment(segment);
    media.seek(sec);
  }

  function finish(): void {
    if (isDragging && drawn.value) {
      clip.selectRange(drawn.value);
      media.seek(drawn.value.startSec);
    }
    cancel();
  }

  function cancel(): void {
    press = null;
    isDragging = false;
    drawn.value = null;
  }

  useEventListener(track, 'pointerdown', (event) => {
    if (event.button !== 0 || (event.target as Element).closest(OWN_PRESS)) return;
    press = { x: event.clientX, sec: timeOf(event) };
    track.value?.setPointerCapture(event.pointerId);
  });
  useEventListener(track, 'pointermove', (event) => {
    hoverSec.value = timeOf(event);
    if (!press) return;
    isDragging ||= Math.abs(event.clientX - press.x) > DRAG_PX;
    if (isDragging) drawn.value = rangeBetween(press.sec, hoverSec.value, media.durationSec.value);
  });
  useEventListener(track, 'pointerup', () => {
    if (press && !isDragging) click(press.sec);
    finish();
  });
  useEventListener(track, 'pointercancel', cancel);
  useEventListener(track, 'pointerleave', () => {
    if (!press) hoverSec.value = null;
  });
  usePinch(track, { onZoom: (factor, event) => view.zoom(factor, timeOf(event)), onSecondFinger: cancel });
  useEventListener(
    track,
    'wheel',
    (event) => {
      const lengthSec = view.view.value.endSec - view.view.value.startSec;
      const across = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      // Up and down alone scrolls the page; a pinch on a touchpad comes as a wheel with Ctrl.
      if (event.ctrlKey || event.metaKey || event.altKey) view.zoom(2 ** (-event.deltaY / 120), timeOf(event));
      else if (across !== 0 && !view.isWhole.value) view.pan((across / (track.value?.clientWidth || 1)) * lengthSec);
      else return;
      event.preventDefault();
    },
    { passive: false },
  );
  return { hoverSec, drawn, timeOf };
}
