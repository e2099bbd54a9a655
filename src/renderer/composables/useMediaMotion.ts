/** Whether a <video> or <audio> plays, and how fast. */
import { useEventListener } from '@vueuse/core';
import { ref, type ShallowRef } from 'vue';
import { nextSpeed } from '../logic/shuttle.ts';

/** @param canPlay false while nothing of the file can be played */
export function useMediaMotion(element: ShallowRef<HTMLMediaElement | null>, canPlay: () => boolean) {
  const isPlaying = ref(false);
  /** As it plays now. */
  const rate = ref(1);
  /** As the person wants it to play: a pause goes back to it. */
  const usualRate = ref(1);

  function reset(): void {
    isPlaying.value = false;
    usualRate.value = 1;
    rate.value = 1;
  }

  function play(): void {
    if (!canPlay()) return;
    // Why it does not play is told by the element's own events.
    void element.value?.play().catch(() => {
      isPlaying.value = false;
    });
  }

  function pause(): void {
    element.value?.pause();
    setRate(usualRate.value);
  }

  function setRate(next: number): void {
    rate.value = next;
    if (element.value) element.value.playbackRate = next;
  }

  function setUsualRate(next: number): void {
    usualRate.value = next;
    setRate(next);
  }

  useEventListener(element, 'play', () => {
    isPlaying.value = canPlay();
  });
  useEventListener(element, 'pause', () => {
    isPlaying.value = false;
  });
  useEventListener(element, 'ended', () => setRate(usualRate.value));
  // A file that is fetched anew begins at normal speed.
  useEventListener(element, 'loadedmetadata', () => setRate(rate.value));

  const stepRate = (direction: 1 | -1) => setUsualRate(nextSpeed(usualRate.value, direction));
  return { isPlaying, rate, usualRate, reset, play, pause, setRate, setUsualRate, stepRate };
}
