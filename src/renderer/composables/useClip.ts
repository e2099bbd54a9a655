/** The clip that chat is about: a segment, a range drawn by hand, or the whole file. */
import { computed, ref, shallowRef } from 'vue';
import type { IndexedSegment, Segment } from '../../contract/media.ts';
import { sameRange } from '../logic/timeline.ts';

export function useClip() {
  const range = shallowRef<Segment | null>(null);
  const segmentId = ref<string | null>(null);
  /** Counts up when the person asks to write about the clip: the chat takes the focus then. */
  const askRequests = ref(0);
  let taken = 0;

  return {
    range,
    segmentId,
    askRequests,
    isWholeFile: computed(() => range.value === null),
    selectSegment(segment: IndexedSegment): void {
      range.value = { startSec: segment.startSec, endSec: segment.endSec };
      segmentId.value = segment.id;
    },
    selectRange(next: Segment | null): void {
      if (sameRange(next, range.value)) return;
      range.value = next;
      segmentId.value = null;
    },
    clear(): void {
      range.value = null;
      segmentId.value = null;
    },
    requestAsk(): void {
      askRequests.value++;
    },
    /** True once after a request. */
    takeAskRequest(): boolean {
      const isNew = askRequests.value > taken;
      taken = askRequests.value;
      return isNew;
    },
  };
}
