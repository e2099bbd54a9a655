/** A file that does not play: what is wrong with the file itself, and when it is looked at again. */
import { type ComputedRef, watch } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import type { MediaItem } from '../../contract/media.ts';
import { useMediaCheck } from './useMediaCheck.ts';
import type { useMediaElement } from './useMediaElement.ts';

type MediaElement = Pick<ReturnType<typeof useMediaElement>, 'trouble' | 'reload'>;

export function usePlayTrouble(client: PlayheadClient, item: ComputedRef<MediaItem | null>, media: MediaElement) {
  const { check, ask, forget } = useMediaCheck(client);

  // What does not play is not blamed on its codec before the file itself was looked at.
  watch([media.trouble, () => item.value?.id, () => item.value?.state === 'offline'], ([trouble, id, isAway]) => {
    if (id && (isAway || trouble === 'none')) void ask(id);
  });

  watch(
    () => item.value?.path,
    (path, before) => {
      // The same file, found again in another place.
      if (path && before && check.value?.error) void tryAgain();
    },
  );

  /** Looks at the file once more, and plays it when it is sound again. */
  async function tryAgain(): Promise<void> {
    const id = item.value?.id;
    if (!id) return;
    forget();
    await ask(id);
    if (check.value?.error === null) media.reload();
  }

  return { check, forget, tryAgain };
}
