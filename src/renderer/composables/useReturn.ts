/** Brings a list that was left back to where it was: scrolled to the same place, the opened thing in focus. */
import { useEventListener } from '@vueuse/core';
import { nextTick, onMounted, type Ref } from 'vue';

const places = new Map<string, number>();

/** @param opened the selector of the thing that was opened from the list, or null */
export function useReturn(scroller: Readonly<Ref<HTMLElement | null>>, key: string, opened: string | null): void {
  useEventListener(scroller, 'scroll', () => places.set(key, scroller.value?.scrollTop ?? 0), { passive: true });
  onMounted(async () => {
    await nextTick();
    // The rows get their height one frame after the width is known, and those in view one frame later.
    await new Promise(requestAnimationFrame);
    scroller.value?.scrollTo({ top: places.get(key) ?? 0, behavior: 'instant' });
    await new Promise(requestAnimationFrame);
    const isFree = document.activeElement === document.body;
    if (opened && isFree) scroller.value?.querySelector<HTMLElement>(opened)?.focus({ preventScroll: true });
  });
}
