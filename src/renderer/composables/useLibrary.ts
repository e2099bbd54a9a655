/** The files of the library: a growing list, kept up to date by the engine's events. */
import { computed, ref, shallowRef, watch } from 'vue';
import type { MediaSort } from '../../contract/calls.ts';
import type { PlayheadClient } from '../../contract/client.ts';
import { type ErrorInfo, toErrorInfo } from '../../contract/errors.ts';
import type { Within } from '../../contract/marks.ts';
import type { MediaItem } from '../../contract/media.ts';
import { collect } from '../logic/collect.ts';
import { createLatestOnly } from '../logic/latestOnly.ts';

const PAGE = 200;
const LARGEST_PAGE = 1000;
/** More changed files than this are fetched as a list. */
const FEW = 12;

/** As many pages as it takes. */
async function fetchCards(
  client: PlayheadClient,
  query: { text?: string; sort: MediaSort; within?: Within },
  { offset, count }: { offset: number; count: number },
): Promise<{ items: MediaItem[]; total: number }> {
  const items: MediaItem[] = [];
  for (;;) {
    const limit = Math.min(LARGEST_PAGE, count - items.length);
    const page = await client.call('listMedia', { ...query, offset: offset + items.length, limit });
    items.push(...page.items);
    if (items.length >= count || page.items.length < limit) return { items, total: page.total };
  }
}

export function useLibrary(client: PlayheadClient) {
  const items = shallowRef<MediaItem[]>([]);
  const total = ref(0);
  const text = ref('');
  const sort = ref<MediaSort>('added');
  /** A folder, a collection, a tag: the part of the library that is shown. */
  const within = shallowRef<Within>({});
  const isLoaded = ref(false);
  const error = shallowRef<ErrorInfo | null>(null);
  const latest = createLatestOnly();
  const isFiltered = computed(() => text.value.trim() !== '' || Object.keys(within.value).length > 0);

  /** Fetches again as much as is shown. */
  function reload(): Promise<void> {
    return showFrom(0, Math.max(PAGE, items.value.length));
  }

  /** Fetches what comes after the last card. */
  async function loadMore(): Promise<void> {
    if (items.value.length < total.value) await showFrom(items.value.length, PAGE);
  }

  /** The cards up to `offset` stay, and `count` more are fetched. */
  async function showFrom(offset: number, count: number): Promise<void> {
    try {
      const query = { text: text.value.trim() || undefined, sort: sort.value, within: within.value };
      const fetched = await latest.run(() => fetchCards(client, query, { offset, count }));
      if (!fetched) return;
      items.value = [...items.value.slice(0, offset), ...fetched.items];
      total.value = fetched.total;
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
  watch([text, sort, within], () => showFrom(0, PAGE));

  return {
    items,
    total,
    text,
    sort,
    within,
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
