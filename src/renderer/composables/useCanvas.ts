/** A canvas that is drawn anew, once a frame at most, when what it shows or its size has changed. */
import { useElementSize } from '@vueuse/core';
import { type Ref, watch } from 'vue';

export interface Drawing {
  context: CanvasRenderingContext2D;
  /** CSS pixels; the canvas itself is as fine as the screen. */
  width: number;
  height: number;
}

/** @param shows whatever the drawing depends on */
export function useCanvas(
  canvas: Ref<HTMLCanvasElement | null>,
  shows: () => unknown,
  draw: (on: Drawing) => void,
): void {
  const { width, height } = useElementSize(canvas);
  let isAsked = false;

  function redraw(): void {
    isAsked = false;
    const element = canvas.value;
    const context = element?.getContext('2d');
    if (!element || !context || width.value === 0) return;
    const density = window.devicePixelRatio || 1;
    element.width = Math.round(width.value * density);
    element.height = Math.round(height.value * density);
    context.scale(density, density);
    draw({ context, width: width.value, height: height.value });
  }

  watch(
    [shows, width, height],
    () => {
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(redraw);
    },
    { immediate: true, flush: 'post' },
  );
}
