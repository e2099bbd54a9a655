/** Redirects hop by hop: what was meant for the first address alone stays with it. */

export type Send = (url: URL, init: RequestInit) => Promise<Response>;

const MOST_HOPS = 10;
const secrets = ['authorization', 'cookie', 'proxy-authorization'];
const followed = new Set([301, 302, 303, 307, 308]);

/** As `fetch`; only what reads (GET, HEAD) is sent on to another address. @throws TypeError after ten hops */
export async function followRedirects(
  send: Send,
  input: Parameters<typeof fetch>[0],
  init: RequestInit,
): Promise<Response> {
  const request = input instanceof Request ? input : null;
  let url = new URL(request?.url ?? String(input));
  const method = (init.method ?? request?.method ?? 'GET').toUpperCase();
  const headers = new Headers(init.headers ?? request?.headers);
  const signal = init.signal ?? request?.signal;
  for (let hops = 0; hops <= MOST_HOPS; hops++) {
    const response = await send(url, { ...init, method, headers, signal, redirect: 'manual' });
    const location = followed.has(response.status) ? response.headers.get('location') : null;
    const follows = (init.redirect ?? 'follow') === 'follow' && (method === 'GET' || method === 'HEAD');
    if (location === null || !follows) return response;
    await response.body?.cancel();
    const next = new URL(location, url);
    if (next.origin !== url.origin) for (const name of secrets) headers.delete(name);
    url = next;
  }
  throw new TypeError(`More than ${MOST_HOPS} redirects, the last to ${url.host}.`);
}
