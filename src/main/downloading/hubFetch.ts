/**
 * Requests to the Hub: the token goes to the endpoint's own host alone, whoever put it into the headers; an exhausted
 * rate is heeded, also where a redirect tells of it; what is no success is thrown with what it asks for.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { followRedirects } from '../network/followRedirects.ts';
import { askedToWait, HttpFailure } from './httpFailure.ts';

export interface HubAccess {
  /** "https://huggingface.co", or a mirror's. */
  endpoint: string;
  token: string | null;
  /** What requests go through: the app's one door to other machines. */
  fetch: typeof fetch;
}

/** An exhausted rate is waited for before the next request, but not longer: the answer may be lenient. */
const longestPauseMs = 5 * 60_000;

/** @throws HttpFailure for every answer that is no success */
export function hubFetch({ endpoint, token, fetch: send }: HubAccess): typeof fetch {
  const home = new URL(endpoint).origin;
  let notBefore = 0;

  async function sendOnce(url: URL, init: RequestInit): Promise<Response> {
    if (url.origin !== home) return send(url, { ...init, headers: withoutToken(new Headers(init.headers), token) });
    const pause = Math.min(longestPauseMs, notBefore - Date.now());
    if (pause > 0) await wait(pause, undefined, { signal: init.signal ?? undefined });
    const response = await send(url, init);
    notBefore = Date.now() + (askedToWait(response.headers) ?? 0);
    return response;
  }

  return async (input, init = {}) => {
    const response = await followRedirects(sendOnce, input, init);
    if (response.ok) return response;
    await response.body?.cancel();
    throw new HttpFailure(response, response.url);
  };
}

/** Other hosts have credentials of their own, which are left: only ours is taken out. */
function withoutToken(headers: Headers, token: string | null): Headers {
  if (token !== null && headers.get('authorization')?.includes(token)) headers.delete('authorization');
  return headers;
}
