/** How loud it plays: of this window, whatever is open, and kept. */
import { useLocalStorage } from '@vueuse/core';
import { type ShallowRef, watch } from 'vue';

export function useVolume(element: ShallowRef<HTMLMediaElement | null>) {
  /** 0 to 1. */
  const volume = useLocalStorage('playhead-volume', 1);
  const isMuted = useLocalStorage('playhead-muted', false);

  watch(
    [element, volume, isMuted],
    () => {
      if (!element.value) return;
      element.value.volume = Math.min(1, Math.max(0, volume.value));
      element.value.muted = isMuted.value;
    },
    { immediate: true },
  );

  function setVolume(next: number): void {
    volume.value = Math.min(1, Math.max(0, next));
    isMuted.value = volume.value === 0;
  }

  function toggleMute(): void {
    isMuted.value = !isMuted.value;
    if (!isMuted.value && volume.value === 0) volume.value = 0.5;
  }

  return { volume, isMuted, setVolume, toggleMute };
}
