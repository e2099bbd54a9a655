/** The pictures that the index made of the segments: they are there at once, and also while the file is away. */
import { type ComputedRef, shallowRef, watch } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import type { IndexedSegment, Segment } from '../../contract/media.ts';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function useSegmentPictures(client: PlayheadClient, segments: ComputedRef<IndexedSegment[]>) {
  const version = shallowRef(0);
  const images = new Map<string, HTMLImageElement>();
  watch(segments, () => images.clear());

  function imageOf({ thumbnail }: IndexedSegment): HTMLImageElement | null {
    if (thumbnail === null) return null;
    const known = images.get(thumbnail);
    if (known) return known.complete && known.naturalWidth > 0 ? known : null;
    const image = new Image();
    image.src = client.urlOf(thumbnail);
    image.onload = () => version.value++;
    images.set(thumbnail, image);
    return null;
  }

  /** The picture of the first segment that begins within a stretch: each is drawn once, where its segment begins. */
  function drawBegun(context: CanvasRenderingContext2D, stretch: Segment, box: Box): void {
    const begun = segments.value.find((s) => s.startSec >= stretch.startSec && s.startSec < stretch.endSec);
    const image = begun ? imageOf(begun) : null;
    if (!image) return;
    const scale = Math.max(box.height / image.naturalHeight, (box.width - 1) / image.naturalWidth);
    const [width, height] = [(box.width - 1) / scale, box.height / scale];
    const [left, top] = [(image.naturalWidth - width) / 2, (image.naturalHeight - height) / 2];
    context.drawImage(image, left, top, width, height, box.x, box.y, box.width - 1, box.height);
  }

  return { version, drawBegun };
}
