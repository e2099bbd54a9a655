/** Files that somebody asks about from outside: a right-click, a terminal, a link. */
import { computed, shallowRef } from 'vue';
import type { EngineEvent } from '../../contract/calls.ts';
import type { PlayheadClient } from '../../contract/client.ts';
import type { OutsideRequest } from '../../contract/outside.ts';
import { mediaRoute } from '../logic/route.ts';
import type { useDialogs } from './useDialogs.ts';
import type { usePlayer } from './usePlayer.ts';
import type { useRouter } from './useRouter.ts';
import type { useToasts } from './useToasts.ts';

interface OutsideNeeds {
  client: PlayheadClient;
  router: ReturnType<typeof useRouter>;
  player: ReturnType<typeof usePlayer>;
  toasts: ReturnType<typeof useToasts>;
  dialogs: ReturnType<typeof useDialogs>;
}

export function useOutside({ client, router, player, toasts, dialogs }: OutsideNeeds) {
  /** What waits for the person's word, the first of them is shown. */
  const requests = shallowRef<OutsideRequest[]>([]);

  client.onEvent((event) => {
    if (event.type === 'askAbout') show(event);
    else if (event.type === 'agreeFirst') requests.value = [...without(event.request), event.request];
    else if (event.type === 'outsideFailed') toasts.fail(event.error);
  });

  function show({ mediaId, clip }: Extract<EngineEvent, { type: 'askAbout' }>): void {
    dialogs.close();
    const range = clip?.endSec === undefined ? null : { startSec: clip.startSec, endSec: clip.endSec };
    router.go(mediaRoute(mediaId, { timeSec: clip?.startSec ?? null, range }));
    player.clip.requestAsk();
  }

  /** One may be told again: a connection that was lost is there again. */
  const without = ({ id }: OutsideRequest) => requests.value.filter((request) => request.id !== id);

  async function answer(request: OutsideRequest, isAgreed: boolean): Promise<void> {
    requests.value = without(request);
    await toasts.attempt(() => client.call('answerRequest', { requestId: request.id, isAgreed }));
  }

  return { request: computed(() => requests.value[0] ?? null), answer };
}
