/**
 * The app's own addresses: `playhead://app/…` for the UI and `playhead-media://library/…` for pictures and
 * media, so that no page ever has a file:// origin and a player can seek by ranges.
 */
import { protocol } from 'electron';
import type { Engine } from '../../engine/createEngine.ts';
import { serveFile } from '../shared/serveFile.ts';
import { servePage } from '../shared/servePage.ts';

export const uiOrigin = 'playhead://app';

/** Before the app is ready: what the schemes may do. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'playhead', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    {
      scheme: 'playhead-media',
      // Our own page fetches the pieces of a film that it cannot play as it is.
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, corsEnabled: true },
    },
  ]);
}

/**
 * Once the app is ready: what they give.
 * @param openRoute the files that the window may see
 */
export function handleSchemes(openRoute: Engine['openRoute'], ui: string): void {
  protocol.handle('playhead', async (request) => {
    // The same scheme begins the links that come from outside: none of them is a page.
    if (!request.url.startsWith(`${uiOrigin}/`)) return new Response(null, { status: 404 });
    return servePage(ui, new URL(request.url), 'playhead-media:');
  });
  protocol.handle('playhead-media', async (request) => {
    // What goes wrong with one picture is told to that picture alone.
    const target = await openRoute(new URL(request.url).pathname).catch(() => null);
    if (!target) return new Response(null, { status: 404 });
    const response = await serveFile(target, request.headers.get('range'));
    response.headers.set('access-control-allow-origin', uiOrigin);
    return response;
  });
}
