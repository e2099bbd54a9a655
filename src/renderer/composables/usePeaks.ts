/** The shape of the open file's sound, fetched chunk by chunk for what the timeline shows. */
import { type ComputedRef, computed, shallowRef, watch } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import { type PeakChunk, peaksRoute } from '../../contract/madeRoutes.ts';
import type { MediaItem, Segment } from '../../contract/media.ts';
import type { PlaybackFacts } from '../../contract/playback.ts';
import { type Column, chunksFor, columnsOf, levelFor, type Peaks } from '../logic/waveform.ts';

const AT_ONCE = 2;
/** Chunks: four hours of coarse ones, some 6 MB. */
const MOST_KEPT = 260;

export function usePeaks(
  client: PlayheadClient,
  item: ComputedRef<MediaItem | null>,
  facts: Readonly<{ value: PlaybackFacts | null }>,
) {
  const version = shallowRef(0);
  const chunks = new Map<string, Peaks | 'coming'>();
  let underWay = 0;
  /** Of this file and this sound track; what comes late belongs to another. */
  const owner = computed(() => `${item.value?.id} ${facts.value?.soundTrack}`);
  watch(owner, () => chunks.clear());

  const keyOf = ({ level, number }: PeakChunk) => `${level}.${number}`;

  /** What can be drawn now; the rest is fetched. @param widthPx columns */
  function columns(view: Segment, widthPx: number): (Column | null)[] {
    const sampleRate = facts.value?.sampleRate ?? 0;
    if (sampleRate === 0 || !item.value) return [];
    const level = levelFor(view, widthPx, sampleRate);
    fetchMissing(chunksFor(view, level, sampleRate));
    const chunkOf = (number: number) => {
      const chunk = chunks.get(keyOf({ level, number }));
      return chunk instanceof Int16Array ? chunk : null;
    };
    return columnsOf(view, widthPx, { level, sampleRate, chunkOf });
  }

  function fetchMissing(wanted: readonly PeakChunk[]): void {
    for (const chunk of wanted) {
      if (underWay >= AT_ONCE) return;
      if (!chunks.has(keyOf(chunk))) void fetchChunk(chunk);
    }
  }

  async function fetchChunk(chunk: PeakChunk): Promise<void> {
    const asked = owner.value;
    const mediaId = item.value?.id ?? '';
    underWay++;
    chunks.set(keyOf(chunk), 'coming');
    const peaks = await fetchPeaks(client.urlOf(peaksRoute(mediaId, chunk)));
    underWay--;
    if (asked !== owner.value) return;
    chunks.set(keyOf(chunk), peaks);
    const [oldest] = chunks.keys();
    if (chunks.size > MOST_KEPT && oldest) chunks.delete(oldest);
    version.value++;
  }

  return { version, columns };
}

/** Without an answer the line stays flat there. */
async function fetchPeaks(url: string): Promise<Peaks> {
  try {
    const response = await fetch(url);
    return new Int16Array(response.ok ? await response.arrayBuffer() : new ArrayBuffer(0));
  } catch {
    return new Int16Array(0);
  }
}
