/** When the window cannot play a file: what the engine says about the file itself. */
import { shallowRef } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import type { MediaCheck } from '../../contract/media.ts';
import { createLatestOnly } from '../logic/latestOnly.ts';

export function useMediaCheck(client: PlayheadClient) {
  /** Null: not asked, or not answered yet. */
  const check = shallowRef<MediaCheck | null>(null);
  const latest = createLatestOnly();

  /** @returns true when the file is sound */
  async function ask(mediaId: string): Promise<boolean> {
    // Without an answer the codec is blamed, as far as the window knows it.
    const failed: MediaCheck = { error: null, notices: [], candidate: null };
    const found = await latest.run(() => client.call('checkMedia', { mediaId }).catch(() => failed));
    if (found) check.value = found;
    return found?.error === null;
  }

  function forget(): void {
    latest.forget();
    check.value = null;
  }

  return { check, ask, forget };
}
