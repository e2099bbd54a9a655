/** The files of the library: a growing list, kept up to date by the engine's events. */
import { computed, ref, shallowRef, watch } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import { type ErrorInfo, toErrorInfo } from '../../contract/errors.ts';
import type { MediaItem } from '../../contract/media.ts';
import { collect } from '../logic/collect.ts';
import { createLatestOnly } from '../logic/latestOnly.ts';

export type LibrarySort = 'added' | 'name' | 'duration';
const PAGE = 200;
const LARGEST_PAGE = 1000;
/** More changed files than this are fetched as a list. */
const FEW = 12;

export function useLibrary(client: PlayheadClient) {
  const items = shallowRef<MediaItem[]>([]);
  const total = ref(0);
  const text = ref('');
  const sort = ref<LibrarySort>('added');
  const isLoaded = ref(false);
  const error = shallowRef<ErrorInfo | null>(null);
  const latest = createLatestOnly();
  const isFiltered = computed(() => text.value.trim() !== '');

  /** Fetches again as much as is shown. */
  function reload(): Promise<void> {
    return fetchPage(0, Math.min(LARGEST_PAGE, Math.max(PAGE, items.value.length)));
  }

  /** Fetches what comes after the last card. */
  async function loadMore(): Promise<void> {
    if (items.value.length < total.value) await fetchPage(items.value.length, PAGE);
  }

  async function fetchPage(offset: number, limit: number): Promise<void> {
    try {
      const query = { text: text.value.trim() || undefined, sort: sort.value, offset, limit };
      const page = await latest.run(() => client.call('listMedia', query));
      if (!page) return;
      const fetched = new Set(page.items.map((item) => item.id));
      // Cards beyond the largest page stay, so that a long list does not end under the person's eyes.
      const beyond = limit === LARGEST_PAGE ? items.value.slice(LARGEST_PAGE).filter(({ id }) => !fetched.has(id)) : [];
      items.value = [...items.value.slice(0, offset), ...page.items, ...beyond].slice(0, page.total);
      total.value = page.total;
      error.value = null;
      isLoaded.value = true;
    } catch (thrown) {
      error.value = toErrorInfo(thrown);
    }
  }

  /** A few known files change in place; anything else, or no ids at all, is a new list. */
  async function update(mediaIds: string[]): Promise<void> {
    const known = new Set(items.value.map((item) => item.id));
    if (mediaIds.length === 0 || mediaIds.length > FEW || mediaIds.some((id) => !known.has(id))) return reload();
    try {
      const details = await Promise.all(mediaIds.map((mediaId) => client.call('getMedia', { mediaId })));
      const fresh = new Map(details.map(({ item }) => [item.id, item]));
      items.value = items.value.map((item) => fresh.get(item.id) ?? item);
    } catch {
      await reload();
    }
  }

  async function remove(mediaId: string): Promise<void> {
    await client.call('removeMedia', { mediaId });
    items.value = items.value.filter((item) => item.id !== mediaId);
    total.value = Math.max(0, total.value - 1);
  }

  const changed = collect(150, (lists: string[][]) => {
    const isListed = lists.every((ids) => ids.length > 0);
    void update(isListed ? [...new Set(lists.flat())] : []);
  });
  client.onEvent((event) => {
    if (event.type === 'libraryChanged') changed(event.mediaIds);
  });
  client.onConnection((state) => {
    if (state === 'open') void reload();
  });
  watch([text, sort], () => fetchPage(0, PAGE));

  return {
    items,
    total,
    text,
    sort,
    isLoaded,
    isFiltered,
    error,
    reload,
    loadMore,
    remove,
    add: (paths: string[]) => client.call('addToLibrary', { paths }),
    reindex: (mediaId: string) => client.call('reindex', { mediaId }),
  };
}
