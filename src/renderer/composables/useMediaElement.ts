/** The <video> or <audio> on the screen: its time, its motion, and whether its picture can be shown at all. */
import { useEventListener } from '@vueuse/core';
import { ref, shallowRef } from 'vue';
import type { Segment } from '../../contract/media.ts';
import { useMediaMotion } from './useMediaMotion.ts';
import { useMediaTime } from './useMediaTime.ts';

export function useMediaElement() {
  /** Given by the component that shows it. */
  const element = shallowRef<HTMLMediaElement | null>(null);
  /** 'none': nothing plays; 'no-picture': the sound plays, the picture does not. */
  const trouble = ref<'none' | 'no-picture' | null>(null);
  const { timeSec, durationSec, ...time } = useMediaTime(element);
  const { isPlaying, rate, ...motion } = useMediaMotion(element, () => trouble.value !== 'none');
  /** Where a stretch that is played ends. */
  let stopAtSec: number | null = null;

  function reset(duration: number, startSec: number): void {
    time.reset(duration, startSec);
    motion.reset();
    trouble.value = null;
  }

  /** Fetches the file anew, after what was wrong with it was mended. */
  function reload(): void {
    trouble.value = null;
    element.value?.load();
  }

  function seek(sec: number): void {
    stopAtSec = null;
    time.seek(sec);
  }

  function pause(): void {
    stopAtSec = null;
    motion.pause();
  }

  /** Plays a stretch and stops at its end. */
  function playRange(range: Segment): void {
    seek(range.startSec);
    stopAtSec = range.endSec;
    motion.play();
  }

  useEventListener(element, 'loadedmetadata', () => {
    if (element.value && 'videoWidth' in element.value && element.value.videoWidth === 0) trouble.value = 'no-picture';
  });
  useEventListener(element, 'timeupdate', () => {
    if (!element.value?.seeking && stopAtSec !== null && timeSec.value >= stopAtSec) pause();
  });
  useEventListener(element, 'error', () => {
    isPlaying.value = false;
    trouble.value = 'none';
  });

  const seekBy = (sec: number) => seek(timeSec.value + sec);
  const toggle = () => (isPlaying.value ? pause() : motion.play());
  const { play, faster } = motion;
  const facts = { element, timeSec, durationSec, isPlaying, rate, trouble };
  return { ...facts, reset, reload, seek, seekBy, play, playRange, pause, faster, toggle };
}
