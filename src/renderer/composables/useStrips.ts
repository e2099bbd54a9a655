/** Strips of stills for the timeline: fetched when they are looked at, the newest wish first, and kept for a while. */
import { type ComputedRef, shallowRef, watch } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import { STRIP_STILLS, stripRoute } from '../../contract/madeRoutes.ts';
import type { MediaItem } from '../../contract/media.ts';

const MOST_KEPT = 80;
const AT_ONCE = 2;

export interface StillInStrip {
  image: HTMLImageElement;
  /** Place within the strip, from 0. */
  place: number;
}

export function useStrips(client: PlayheadClient, item: ComputedRef<MediaItem | null>) {
  /** Counts up when a strip has come: what is drawn is drawn anew. */
  const version = shallowRef(0);
  const strips = new Map<string, HTMLImageElement | 'coming' | 'failed'>();
  let wishes: string[] = [];
  let underWay = 0;

  watch(
    () => item.value?.id,
    () => {
      strips.clear();
      wishes = [];
    },
  );

  /** The still of a moment on a grid of `stepMs`, or null while it is on its way. */
  function stillAt(ms: number, stepMs: number): StillInStrip | null {
    const mediaId = item.value?.id;
    if (!mediaId) return null;
    const at = Math.floor(ms / stepMs);
    const route = stripRoute(mediaId, { stepMs, number: Math.floor(at / STRIP_STILLS) });
    const strip = strips.get(route);
    if (strip instanceof HTMLImageElement) return { image: strip, place: at % STRIP_STILLS };
    if (strip === undefined && !wishes.includes(route)) wishes.push(route);
    return null;
  }

  /** Fetches what was looked for since the last time; what is no longer in view is forgotten. */
  function fetchWishes(): void {
    const wanted = wishes;
    wishes = [];
    for (const route of wanted) {
      if (underWay >= AT_ONCE) return;
      void fetchStrip(route);
    }
  }

  async function fetchStrip(route: string): Promise<void> {
    underWay++;
    strips.set(route, 'coming');
    const image = new Image();
    image.crossOrigin = 'anonymous';
    image.src = client.urlOf(route);
    const came = await image.decode().then(
      () => true,
      () => false,
    );
    underWay--;
    strips.set(route, came ? image : 'failed');
    const [oldest] = strips.keys();
    if (strips.size > MOST_KEPT && oldest) strips.delete(oldest);
    version.value++;
  }

  return { version, stillAt, fetchWishes };
}
