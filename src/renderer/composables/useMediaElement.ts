/** The <video> or <audio> on the screen: its time, its motion, and whether its picture can be shown at all. */
import { useEventListener } from '@vueuse/core';
import { ref, shallowRef } from 'vue';
import type { Segment } from '../../contract/media.ts';
import { clampTime } from '../logic/timeline.ts';

const RATES = [1, 1.5, 2, 3];

export function useMediaElement() {
  /** Given by the component that shows it. */
  const element = shallowRef<HTMLMediaElement | null>(null);
  const timeSec = ref(0);
  const durationSec = ref(0);
  const isPlaying = ref(false);
  const rate = ref(1);
  /** 'none': nothing plays; 'no-picture': the sound plays, the picture does not. */
  const trouble = ref<'none' | 'no-picture' | null>(null);

  /**
   * Where the element's own clock begins, seconds: a file that says that it begins at 30 s is played from 30 s on.
   * Here, as everywhere in Playhead, every file begins at 0.
   */
  let originSec = 0;
  /** Where a stretch that is played ends. */
  let stopAtSec: number | null = null;

  function reset(duration: number, startSec: number): void {
    durationSec.value = duration;
    timeSec.value = clampTime(startSec, duration);
    isPlaying.value = false;
    rate.value = 1;
    trouble.value = null;
  }

  function seek(sec: number): void {
    stopAtSec = null;
    timeSec.value = clampTime(sec, durationSec.value);
    if (element.value && element.value.readyState > 0) element.value.currentTime = originSec + timeSec.value;
  }

  function play(): void {
    if (trouble.value === 'none') return;
    // Why it does not play is told by the element's own events.
    void element.value?.play().catch(() => {
      isPlaying.value = false;
    });
  }

  /** Fetches the file anew, after what was wrong with it was mended. */
  function reload(): void {
    trouble.value = null;
    element.value?.load();
  }

  /** Plays a stretch and stops at its end. */
  function playRange(range: Segment): void {
    seek(range.startSec);
    stopAtSec = range.endSec;
    play();
  }

  function pause(): void {
    stopAtSec = null;
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

  useEventListener(element, 'loadedmetadata', () => {
    const media = element.value;
    if (!media) return;
    originSec = media.currentTime; // where it stands before anybody moved it
    const lengthSec = media.duration - originSec;
    if (Number.isFinite(lengthSec) && durationSec.value === 0) durationSec.value = lengthSec;
    if ('videoWidth' in media && media.videoWidth === 0) trouble.value = 'no-picture';
    media.currentTime = originSec + timeSec.value;
  });
  useEventListener(element, 'timeupdate', () => {
    if (!element.value || element.value.seeking) return;
    timeSec.value = Math.max(0, element.value.currentTime - originSec);
    if (stopAtSec !== null && timeSec.value >= stopAtSec) pause();
  });
  useEventListener(element, 'play', () => {
    isPlaying.value = trouble.value !== 'none';
  });
  useEventListener(element, 'pause', () => {
    isPlaying.value = false;
  });
  useEventListener(element, 'ended', () => setRate(1));
  useEventListener(element, 'error', () => {
    isPlaying.value = false;
    trouble.value = 'none';
  });

  return {
    element,
    timeSec,
    durationSec,
    isPlaying,
    rate,
    trouble,
    reset,
    reload,
    seek,
    seekBy: (sec: number) => seek(timeSec.value + sec),
    play,
    playRange,
    pause,
    faster,
    toggle: () => (isPlaying.value ? pause() : play()),
  };
}
