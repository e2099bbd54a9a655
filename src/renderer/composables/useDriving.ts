/** What the person does with what plays: jump, play, play a stretch, go round in it, drive with J, K and L, step by frames. */
import { useEventListener, useRafFn } from '@vueuse/core';
import { ref, type ShallowRef } from 'vue';
import type { Segment } from '../../contract/media.ts';
import { frameTime, shuttle } from '../logic/shuttle.ts';
import type { useMediaMotion } from './useMediaMotion.ts';
import type { useMediaTime } from './useMediaTime.ts';
import { useReverse } from './useReverse.ts';

interface Playing {
  element: ShallowRef<HTMLMediaElement | null>;
  time: ReturnType<typeof useMediaTime>;
  motion: ReturnType<typeof useMediaMotion>;
}

export function useDriving({ element, time, motion }: Playing) {
  const { timeSec, durationSec } = time;
  const isBusy = () => element.value?.seeking ?? false;
  const { reverseSpeed, ...reverse } = useReverse({ timeSec, show: time.seek, isBusy });
  /** The stretch that is played, or the file, begins again at its end. */
  const isLooping = ref(false);
  let stretch: Segment | null = null;

  /** What was begun, a stretch or a run backwards, is no longer meant. */
  function halt(): void {
    stretch = null;
    reverse.stopBackwards();
  }

  function seek(sec: number): void {
    halt();
    time.seek(sec);
  }

  function pause(): void {
    halt();
    motion.pause();
  }

  function play(): void {
    reverse.stopBackwards();
    motion.play();
  }

  /** Plays a stretch and stops at its end, or begins it again. */
  function playRange(range: Segment): void {
    seek(range.startSec);
    stretch = range;
    motion.play();
  }

  /** J and L: each press of the same one is faster. */
  function drive(direction: 1 | -1): void {
    const now = motion.isPlaying.value ? motion.rate.value : -reverseSpeed.value;
    const speed = shuttle(now, direction, motion.usualRate.value);
    if (speed < 0) {
      pause();
      reverse.runBackwards(-speed);
    } else {
      motion.setRate(speed);
      play();
    }
  }

  function stepFrame(step: 1 | -1, fps: number): void {
    pause();
    time.seek(Math.min(frameTime(timeSec.value, fps, step), durationSec.value));
  }

  /** Between two events of the element the clock goes on. */
  function follow(): void {
    if (!motion.isPlaying.value || isBusy()) return;
    time.read();
    if (stretch === null || timeSec.value < stretch.endSec) return;
    if (isLooping.value) time.seek(stretch.startSec);
    else pause();
  }

  useRafFn(follow);
  useEventListener(element, 'timeupdate', follow);
  useEventListener(element, 'ended', () => {
    if (!isLooping.value) return;
    time.seek(stretch?.startSec ?? 0);
    motion.play();
  });

  const toggle = () => (motion.isPlaying.value || reverseSpeed.value > 0 ? pause() : play());
  const seekBy = (sec: number) => seek(timeSec.value + sec);
  return { reverseSpeed, isLooping, halt, seek, seekBy, pause, play, toggle, playRange, drive, stepFrame };
}
