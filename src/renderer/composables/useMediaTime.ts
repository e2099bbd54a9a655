/** Where a <video> or <audio> is, in seconds: here, as everywhere in Playhead, every file begins at 0. */
import { useEventListener } from '@vueuse/core';
import { ref, type ShallowRef } from 'vue';
import { clampTime } from '../logic/timeline.ts';

export function useMediaTime(element: ShallowRef<HTMLMediaElement | null>) {
  const timeSec = ref(0);
  const durationSec = ref(0);
  /** Where the element's own clock begins, seconds: a file that says that it begins at 30 s is played from 30 s on. */
  let originSec = 0;

  function reset(duration: number, startSec: number): void {
    durationSec.value = duration;
    timeSec.value = clampTime(startSec, duration);
  }

  function seek(sec: number): void {
    timeSec.value = clampTime(sec, durationSec.value);
    if (element.value && element.value.readyState > 0) element.value.currentTime = originSec + timeSec.value;
  }

  useEventListener(element, 'loadedmetadata', () => {
    const media = element.value;
    if (!media) return;
    originSec = media.currentTime; // where it stands before anybody moved it
    const lengthSec = media.duration - originSec;
    if (Number.isFinite(lengthSec) && durationSec.value === 0) durationSec.value = lengthSec;
    media.currentTime = originSec + timeSec.value;
  });
  /** Takes the element's own time, unless it is on its way to another, or has none. */
  function read(): void {
    if (element.value && element.value.readyState > 0 && !element.value.seeking)
      timeSec.value = Math.max(0, element.value.currentTime - originSec);
  }
  useEventListener(element, 'timeupdate', read);

  return { timeSec, durationSec, reset, seek, read };
}
