/** Folders, collections and tags: what the sidebar lists, kept up to date by the engine's events. */
import { shallowRef } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import type { Collection, Tag } from '../../contract/marks.ts';
import type { Root } from '../../contract/roots.ts';
import { collect } from '../logic/collect.ts';

/** Counts follow the files that come and go, a little later. */
const COUNT_EVERY_MS = 1000;

export function useMarks(client: PlayheadClient) {
  const roots = shallowRef<Root[]>([]);
  const collections = shallowRef<Collection[]>([]);
  const tags = shallowRef<Tag[]>([]);

  async function refresh(): Promise<void> {
    [roots.value, collections.value, tags.value] = await Promise.all([
      client.call('listRoots', {}),
      client.call('listCollections', {}),
      client.call('listTags', {}),
    ]);
  }

  // Lists on the screen stay when this fails; the connection's own state tells it.
  const refreshSoon = collect(COUNT_EVERY_MS, () => void refresh().catch(() => {}));
  client.onEvent((event) => {
    if (event.type === 'rootsChanged' || event.type === 'marksChanged') void refresh().catch(() => {});
    else if (event.type === 'libraryChanged') refreshSoon(null);
  });
  client.onConnection((state) => {
    if (state === 'open') void refresh().catch(() => {});
  });

  /** A file that is open in this window; it is read before those that nobody looks at. */
  function opened(mediaId: string): void {
    // Whether it could be noted changes nothing about what is shown.
    void client.call('rememberOpened', { mediaId }).catch(() => {});
  }

  return { roots, collections, tags, refresh, opened };
}
