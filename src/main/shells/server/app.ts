import { Hono } from 'hono';
import { serveFile } from '../shared/serveFile.ts';
import { servePage } from '../shared/servePage.ts';
import type { Access } from './access.ts';
import type { TabWindows } from './tabWindows.ts';
import { parseTarget } from './target.ts';

/** The pages of the UI for everyone on this machine, and the library's pictures and media by signed addresses. */
export function createApp(windows: TabWindows, ui: string, access: Access): Hono {
  const app = new Hono();

  app.use(async (context, next) => {
    if (!access.isOwnHost(context.req.header('host'))) return context.text('Not for this host.', 403);
    if (!access.isOwnOrigin(context.req.header('origin'))) return context.text('Not for this origin.', 403);
    await next();
    context.header('cross-origin-resource-policy', 'same-origin');
    context.header('cross-origin-opener-policy', 'same-origin');
  });

  app.get('/:kind{media|thumbnail|poster|playable|strip|still|peaks}/:id', async (context) => {
    const route = `${context.req.param('kind')}/${context.req.param('id')}`;
    if (!access.mayFetch(route, new URLSearchParams(context.req.query()))) {
      return context.text('This address is not signed, or not any more. Load the page again.', 401);
    }
    // Signed by this session: what was opened from outside in its tab is for no other.
    const target = await windows.see(context.req.query('session') ?? '').openRoute(route);
    return target ? serveFile(target, context.req.header('range') ?? null) : context.notFound();
  });

  app.get('*', async (context) => {
    const url = parseTarget(context.req.url);
    return url ? servePage(ui, url) : context.text('This is no address.', 400);
  });

  app.onError((_thrown, context) => context.text('This could not be answered.', 500));
  return app;
}
