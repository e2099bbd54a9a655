/** Two fingers that draw apart or together. */
import { useEventListener } from '@vueuse/core';
import type { Ref } from 'vue';

interface Listeners {
  /** @param factor over 1 when they draw apart; the event stands between them */
  onZoom(factor: number, between: MouseEvent): void;
  /** What one finger had begun is no longer meant. */
  onSecondFinger(): void;
}

export function usePinch(area: Ref<HTMLElement | null>, { onZoom, onSecondFinger }: Listeners): void {
  const fingers = new Map<number, PointerEvent>();

  function distance(): number {
    const [a, b] = [...fingers.values()];
    return a && b ? Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)) : 0;
  }

  useEventListener(area, 'pointerdown', (event) => {
    if (event.pointerType !== 'touch') return;
    fingers.set(event.pointerId, event);
    if (fingers.size === 2) onSecondFinger();
  });
  useEventListener(area, 'pointermove', (event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = distance();
    fingers.set(event.pointerId, event);
    if (fingers.size !== 2) return;
    onSecondFinger();
    const [a, b] = [...fingers.values()];
    const clientX = ((a?.clientX ?? 0) + (b?.clientX ?? 0)) / 2;
    onZoom(distance() / before, new MouseEvent('pinch', { clientX }));
  });
  for (const name of ['pointerup', 'pointercancel', 'pointerleave'] as const) {
    useEventListener(area, name, (event) => fingers.delete(event.pointerId));
  }
}
