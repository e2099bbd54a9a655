/** Everything the window knows, made once and handed to the components. */
import { type InjectionKey, inject, watch } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import { useConnection } from './useConnection.ts';
import { useConversation } from './useConversation.ts';
import { useDialogs } from './useDialogs.ts';
import { useJobs } from './useJobs.ts';
import { useLibrary } from './useLibrary.ts';
import { useMarks } from './useMarks.ts';
import { useOutside } from './useOutside.ts';
import { usePlayer } from './usePlayer.ts';
import { useRouter } from './useRouter.ts';
import { useSearch } from './useSearch.ts';
import { useStatus } from './useStatus.ts';
import { useTheme } from './useTheme.ts';
import { useToasts } from './useToasts.ts';

export type App = ReturnType<typeof createAppState>;
export const appKey: InjectionKey<App> = Symbol('playhead');

export function createAppState(client: PlayheadClient) {
  const parts = {
    client,
    connection: useConnection(client),
    status: useStatus(client),
    library: useLibrary(client),
    marks: useMarks(client),
    search: useSearch(client),
    jobs: useJobs(client),
    player: usePlayer(client),
    conversation: useConversation(client),
    router: useRouter(),
    theme: useTheme(),
    dialogs: useDialogs(),
    toasts: useToasts(),
  };
  const app = { ...parts, outside: useOutside(parts) };

  // The route leads; the player, the chat and the search follow.
  watch(
    app.router.current,
    (route) => {
      app.search.setText(route.query);
      if (route.page === 'library') app.library.within.value = route.within ?? {};
      if (route.page === 'media') void app.player.open(route);
      else app.player.close();
      void app.conversation.openMedia(route.page === 'media' ? route.mediaId : null);
    },
    { immediate: true },
  );
  watch(
    () => (app.router.current.value.page === 'media' ? app.router.current.value.mediaId : null),
    (mediaId) => mediaId !== null && app.marks.opened(mediaId),
    { immediate: true },
  );
  return app;
}

export function useApp(): App {
  const app = inject(appKey);
  if (!app) throw new Error('useApp() needs the app state that main.ts provides');
  return app;
}
