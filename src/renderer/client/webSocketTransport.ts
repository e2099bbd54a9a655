/** The engine behind the server on this machine: one WebSocket, opened again with growing pauses when it is lost. */
import { backoffMs } from './backoff.ts';
import type { Credentials } from './credentials.ts';
import { greetServer } from './greetServer.ts';
import { createAddressSigner } from './signedAddress.ts';
import { socketPort } from './socketPort.ts';
import type { Transport, TransportListener } from './transport.ts';

/** @param origin such as "http://127.0.0.1:7788" */
export function createWebSocketTransport(origin: string, credentials: Credentials): Transport {
  const addressOf = createAddressSigner(origin);
  let failures = 0;

  function connect(listener: TransportListener): void {
    const code = credentials.code;
    const credential = code ?? credentials.session;
    if (credential === null) {
      listener.onClosed('refused');
      return;
    }
    const current = new WebSocket(`${origin.replace(/^http/, 'ws')}/rpc`);
    let wasRefused = false;
    current.addEventListener('open', () => {
      greetServer(current, code ? 'code' : 'session', credential, (greeted) => {
        if (greeted === 'stranger') current.close();
        else if (greeted === 'refused') wasRefused = true;
        else welcome(current, listener, greeted.session);
      });
    });
    current.addEventListener('close', () => {
      // A code that was used before: this tab may still have its session, from before it was loaded again.
      const triesSession = wasRefused && code !== null && credentials.session !== null;
      if (wasRefused) credentials.code = null;
      listener.onClosed(wasRefused && !triesSession ? 'refused' : 'lost');
      if (!wasRefused || triesSession) setTimeout(() => connect(listener), triesSession ? 0 : backoffMs(failures++));
    });
  }

  function welcome(current: WebSocket, listener: TransportListener, session: Credentials['session']): void {
    if (session) credentials.keep(session);
    credentials.code = null;
    failures = 0;
    listener.onOpen(socketPort(current));
  }

  return {
    start: connect,
    urlOf: (route) => addressOf(route.replace(/^\//, ''), credentials.session),
  };
}
