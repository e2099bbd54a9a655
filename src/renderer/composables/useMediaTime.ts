/** Where a <video> or <audio> is, in seconds: here, as everywhere in Playhead, every file begins at 0. */
import { useEventListener } from '@vueuse/core';
import { ref, type ShallowRef } from 'vue';
import { clampTime } from '../logic/timeline.ts';

/** Seconds: an element that arrives, and plays, may have gone on so far. */
const NEAR_SEC = 0.5;

export function useMediaTime(element: ShallowRef<HTMLMediaElement | null>) {
  const timeSec = ref(0);
  const durationSec = ref(0);
  /** Where the element's own clock begins, seconds: a file that says that it begins at 30 s is played from 30 s on. */
  let originSec = 0;
  /** Where it was sent when it was loaded, on its own clock; null once it is there. */
  let sentSec: number | null = null;

  function reset(duration: number, startSec: number): void {
    durationSec.value = duration;
    timeSec.value = clampTime(startSec, duration);
  }

  function seek(sec: number): void {
    timeSec.value = clampTime(sec, durationSec.value);
    if (element.value && element.value.readyState > 0) move(element.value);
  }

  function move(media: HTMLMediaElement): void {
    const target = originSec + timeSec.value;
    if (sentSec !== null) sentSec = target;
    media.currentTime = target;
  }

  useEventListener(element, 'loadedmetadata', () => {
    const media = element.value;
    if (!media) return;
    originSec = media.currentTime; // where it stands before anybody moved it
    const lengthSec = media.duration - originSec;
    if (Number.isFinite(lengthSec) && durationSec.value === 0) durationSec.value = lengthSec;
    sentSec = originSec + timeSec.value;
    move(media);
  });
  /** Takes the element's own time, unless it is on its way to another, or has none. */
  function read(): void {
    const media = element.value;
    if (!media || media.readyState === 0 || media.seeking) return;
    const isPastIt = sentSec !== null && media.currentTime - sentSec > NEAR_SEC;
    sentSec = null;
    if (isPastIt) {
      // When its facts had come, it did not stand at its beginning yet; before that it does not go.
      originSec = media.currentTime;
      move(media);
      return;
    }
    timeSec.value = Math.max(0, media.currentTime - originSec);
  }
  useEventListener(element, 'timeupdate', read);

  return { timeSec, durationSec, reset, seek, read };
}
