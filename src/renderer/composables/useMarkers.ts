/** The person's markers and chapters in the open file. */
import { type ComputedRef, shallowRef, watch } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import type { Marker } from '../../contract/markers.ts';
import type { MediaItem } from '../../contract/media.ts';

export function useMarkers(client: PlayheadClient, item: ComputedRef<MediaItem | null>) {
  const markers = shallowRef<Marker[]>([]);
  /** The one whose name is being written. */
  const editedId = shallowRef<string | null>(null);

  async function fetchAll(mediaId: string): Promise<void> {
    const found = await client.call('listMarkers', { mediaId }).catch(() => []);
    if (item.value?.id === mediaId) markers.value = found;
  }
  watch(
    () => item.value?.id ?? null,
    (mediaId) => {
      markers.value = [];
      editedId.value = null;
      if (mediaId !== null) void fetchAll(mediaId);
    },
    { immediate: true },
  );
  client.onEvent((event) => {
    const mediaId = item.value?.id;
    if (event.type === 'libraryChanged' && mediaId && event.mediaIds.includes(mediaId)) void fetchAll(mediaId);
  });

  /** @throws PlayheadError when it cannot be kept */
  async function save(marker: Marker): Promise<void> {
    const mediaId = item.value?.id;
    if (mediaId) markers.value = await client.call('saveMarker', { mediaId, marker });
  }

  async function remove(markerId: string): Promise<void> {
    const mediaId = item.value?.id;
    editedId.value = null;
    if (mediaId) markers.value = await client.call('removeMarker', { mediaId, markerId });
  }

  /** A new one, whose name is asked for. */
  async function add(place: Pick<Marker, 'startSec' | 'endSec'>): Promise<void> {
    const id = crypto.randomUUID();
    await save({ id, ...place, text: place.endSec === null ? 'Marker' : 'Chapter' });
    editedId.value = id;
  }

  return { markers, editedId, save, remove, add };
}
