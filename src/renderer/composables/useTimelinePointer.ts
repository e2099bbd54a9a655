/** The pointer on the timeline: where it hovers, and whether it clicks a segment or draws a range. */
import { useEventListener } from '@vueuse/core';
import { type Ref, ref, shallowRef } from 'vue';
import type { Segment } from '../../contract/media.ts';
import { rangeBetween, segmentAt, timeAt } from '../logic/timeline.ts';
import type { App } from './useApp.ts';

/** Pixels before a press becomes a drag. */
const DRAG_PX = 5;

export function useTimelinePointer({ player }: App, track: Ref<HTMLElement | null>) {
  const { media, clip, segments } = player;
  const hoverSec = ref<number | null>(null);
  /** The range that is being drawn. */
  const drawn = shallowRef<Segment | null>(null);
  let press: { x: number; sec: number } | null = null;
  let isDragging = false;

  function timeOf(event: PointerEvent): number {
    const box = track.value?.getBoundingClientRect();
    return box ? timeAt((event.clientX - box.left) / box.width, media.durationSec.value) : 0;
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
    if (event.button !== 0) return;
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
  return { hoverSec, drawn };
}
