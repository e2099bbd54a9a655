/** The place in the app, bound to the address after '#'. */
import { shallowRef } from 'vue';
import { formatRoute, libraryRoute, type MediaRoute, parseRoute, type Route } from '../logic/route.ts';

export function useRouter() {
  /** The file that was opened last: its card or hit takes the focus again. */
  const lastMedia = shallowRef<MediaRoute | null>(null);
  const current = shallowRef<Route>(parseRoute(location.hash));
  window.addEventListener('popstate', () => {
    current.value = parseRoute(location.hash);
  });

  function go(route: Route): void {
    history.pushState(null, '', formatRoute(route));
    if (route.page === 'media') lastMedia.value = route;
    current.value = route;
  }

  function replace(route: Route): void {
    remember(route);
    current.value = route;
  }

  /** Only for a later reload: nobody is told. */
  function remember(route: Route): void {
    history.replaceState(null, '', formatRoute(route));
  }

  /** Shows the results for these words; every further letter replaces the same history entry. */
  function search(query: string): void {
    const route: Route = { page: 'library', query };
    if (current.value.page === 'library' && (current.value.query !== '' || query === '')) replace(route);
    else go(route);
  }

  /** From a file to the results that led there, or to the library. */
  function back(): void {
    go(current.value.page === 'media' ? { page: 'library', query: current.value.query } : libraryRoute);
  }

  return { current, lastMedia, go, replace, remember, search, back };
}
