/**
 * Requests to the Hub. Redirects are followed here, one by one, so that the token goes to the endpoint's own host alone,
 * whoever put it into the headers; what is no success is thrown with what it asks for.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { askedToWait, HttpFailure } from './httpFailure.ts';

export interface HubAccess {
  /** "https://huggingface.co", or a mirror's. */
  endpoint: string;
  token: string | null;
  /** What requests go through: the app's one door to other machines. */
  fetch: typeof fetch;
}

const mostRedirects = 8;
/** An exhausted rate is waited for before the next request, but not longer: the answer may be lenient. */
const longestPauseMs = 5 * 60_000;

/** @throws HttpFailure for every answer that is no success */
export function hubFetch({ endpoint, token, fetch: send }: HubAccess): typeof fetch {
  const home = new URL(endpoint).origin;
  let notBefore = 0;
  return async (input, init = {}) => {
    let url = new URL(input instanceof Request ? input.url : String(input));
    const signal = init.signal ?? undefined;
    for (let hops = 0; hops <= mostRedirects; hops++) {
      const pause = Math.min(longestPauseMs, notBefore - Date.now());
      if (url.origin === home && pause > 0) await wait(pause, undefined, { signal });
      const headers = withoutToken(new Headers(init.headers), url.origin === home ? null : token);
      const response = await send(url, { ...init, headers, redirect: 'manual' });
      if (url.origin === home) notBefore = Date.now() + (askedToWait(response.headers) ?? 0);
      const next = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || next === null) return succeeded(response, url.href);
      await response.body?.cancel();
      url = new URL(next, url);
    }
    throw new Error(`${home} sends from one address to the next without end`);
  };
}

/** Other hosts have credentials of their own, which are left: only ours is taken out. */
function withoutToken(headers: Headers, token: string | null): Headers {
  if (token !== null && headers.get('authorization')?.includes(token)) headers.delete('authorization');
  return headers;
}

async function succeeded(response: Response, url: string): Promise<Response> {
  if (response.ok) return response;
  await response.body?.cancel();
  throw new HttpFailure(response, url);
}
