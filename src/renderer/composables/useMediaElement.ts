/** The <video> or <audio> on the screen: its time, its motion, and whether its picture can be shown at all. */
import { useEventListener } from '@vueuse/core';
import { ref, shallowRef } from 'vue';
import { useDriving } from './useDriving.ts';
import { useMediaMotion } from './useMediaMotion.ts';
import { useMediaTime } from './useMediaTime.ts';
import { useVolume } from './useVolume.ts';

export function useMediaElement() {
  /** Given by the component that shows it. */
  const element = shallowRef<HTMLMediaElement | null>(null);
  /** 'none': nothing plays; 'no-picture': the sound plays, the picture does not. */
  const trouble = ref<'none' | 'no-picture' | null>(null);
  const time = useMediaTime(element);
  const motion = useMediaMotion(element, () => trouble.value !== 'none');
  const { halt, ...driving } = useDriving({ element, time, motion });
  const sound = useVolume(element);

  function reset(duration: number, startSec: number): void {
    halt();
    time.reset(duration, startSec);
    motion.reset();
    driving.isLooping.value = false;
    trouble.value = null;
  }

  /** Fetches the file anew, after what was wrong with it was mended. */
  function reload(): void {
    trouble.value = null;
    element.value?.load();
  }

  useEventListener(element, 'loadedmetadata', () => {
    if (element.value && 'videoWidth' in element.value && element.value.videoWidth === 0) trouble.value = 'no-picture';
  });
  useEventListener(element, 'error', () => {
    motion.isPlaying.value = false;
    trouble.value = 'none';
  });

  const { timeSec, durationSec } = time;
  const { isPlaying, rate, usualRate, setUsualRate, stepRate } = motion;
  const facts = { element, trouble, timeSec, durationSec, isPlaying, rate, usualRate };
  return { ...facts, ...sound, ...driving, setUsualRate, stepRate, reset, reload };
}
