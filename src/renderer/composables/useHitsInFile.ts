/** What the present search finds in the file that is open: the marks on its timeline. */
import { shallowRef } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import type { SearchHit } from '../../contract/search.ts';
import { createLatestOnly } from '../logic/latestOnly.ts';

const HITS_IN_ONE_FILE = 100;

export function useHitsInFile(client: PlayheadClient) {
  const hits = shallowRef<SearchHit[]>([]);
  const latest = createLatestOnly();

  async function find(mediaId: string, words: string): Promise<void> {
    hits.value = [];
    const text = words.trim();
    if (text === '') return latest.forget();
    const question = { text, mediaId, limit: HITS_IN_ONE_FILE };
    // Marks on the timeline are an extra: without them the file is still shown.
    const found = await latest.run(() => client.call('search', question)).catch(() => null);
    if (found) hits.value = found.hits;
  }

  return { hits, find };
}
