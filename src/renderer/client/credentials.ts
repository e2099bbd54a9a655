/**
 * What lets this tab use the library: a one-time code, taken out of the address once, and the session that it was
 * exchanged for, kept for this tab and this origin alone.
 */
import type { Credential } from '../../contract/greeting.ts';

const KEY = 'playhead-session';

export interface Credentials {
  /** Out of the address that was opened; null once it was exchanged. */
  code: Credential | null;
  readonly session: Credential | null;
  keep(session: Credential): void;
}

export function readCredentials(): Credentials {
  let session = parseSession(sessionStorage.getItem(KEY));
  return {
    code: takeCode(),
    get session() {
      return session;
    },
    keep(next) {
      session = next;
      sessionStorage.setItem(KEY, JSON.stringify(next));
    },
  };
}

/** "?code=<id>.<secret>", which does not stay in the address bar. */
function takeCode(): Credential | null {
  const url = new URL(location.href);
  const [id, secret] = (url.searchParams.get('code') ?? '').split('.');
  url.searchParams.delete('code');
  history.replaceState(history.state, '', url);
  return id && secret ? { id, secret } : null;
}

function parseSession(text: string | null): Credential | null {
  try {
    const { id, secret } = JSON.parse(text ?? 'null') as Credential;
    return { id, secret };
  } catch {
    return null;
  }
}
