/** Whether a <video> or <audio> plays, and how fast. */
import { useEventListener } from '@vueuse/core';
import { ref, type ShallowRef } from 'vue';

const RATES = [1, 1.5, 2, 3];

/** @param canPlay false while nothing of the file can be played */
export function useMediaMotion(element: ShallowRef<HTMLMediaElement | null>, canPlay: () => boolean) {
  const isPlaying = ref(false);
  const rate = ref(1);

  function reset(): void {
    isPlaying.value = false;
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
    setRate(1);
  }

  function setRate(next: number): void {
    rate.value = next;
    if (element.value) element.value.playbackRate = next;
  }

  /** Plays; each further press plays faster. */
  function faster(): void {
    if (isPlaying.value) setRate(RATES[Math.min(RATES.indexOf(rate.value) + 1, RATES.length - 1)] ?? 1);
    else play();
  }

  useEventListener(element, 'play', () => {
    isPlaying.value = canPlay();
  });
  useEventListener(element, 'pause', () => {
    isPlaying.value = false;
  });
  useEventListener(element, 'ended', () => setRate(1));

  return { isPlaying, rate, reset, play, pause, faster };
}
