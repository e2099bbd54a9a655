import { Hono } from 'hono';
import type { Engine } from '../core/createEngine.ts';
import { serveFile } from '../core/serveFile.ts';
import { servePage } from '../core/servePage.ts';
import type { Access } from './access.ts';
import { parseTarget } from './target.ts';

/** The pages of the UI, and the library's pictures and media behind the token. */
export function createApp(engine: Engine, uiFolder: string, access: Access): Hono {
  const app = new Hono();

  app.use(async (context, next) => {
    if (!access.isOwnHost(context.req.header('host'))) return context.text('Not for this host.', 403);
    if (!access.isOwnOrigin(context.req.header('origin'))) return context.text('Not for this origin.', 403);
    await next();
    context.header('cross-origin-resource-policy', 'same-origin');
    context.header('cross-origin-opener-policy', 'same-origin');
  });

  app.get('/:kind{media|thumbnail|poster}/:id', async (context) => {
    const url = parseTarget(context.req.url);
    if (!url || !access.mayUse(url, context.req.header('cookie'))) {
      return context.text('Open the address that Playhead printed when it started: it holds the token.', 401);
    }
    const target = await engine.openRoute(`${context.req.param('kind')}/${context.req.param('id')}`);
    return target ? serveFile(target, context.req.header('range') ?? null) : context.notFound();
  });

  app.get('*', async (context) => {
    const url = parseTarget(context.req.url);
    if (!url) return context.text('This is no address.', 400);
    const response = await servePage(uiFolder, url.pathname);
    if (access.isToken(url.searchParams.get('token'))) response.headers.append('set-cookie', access.cookie);
    return response;
  });

  app.onError((_thrown, context) => context.text('This could not be answered.', 500));
  return app;
}
