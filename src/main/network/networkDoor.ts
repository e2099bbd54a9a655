/**
 * The one door to other machines. Whoever needs the network takes a `fetch` here and says what for; what passes is
 * counted, and nothing passes while Playhead is set to offline. Sockets that any library opens by another way are
 * counted and refused as well, under no purpose.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { type ConnectionReport, PlayheadError } from '../../contract/index.ts';
import { ConnectionBook } from './connectionBook.ts';
import { followRedirects } from './followRedirects.ts';
import { guardSockets } from './guardSockets.ts';
import { isThisMachine } from './loopback.ts';
import { Routes, type SystemProxy } from './routes.ts';

export interface NetworkDoorOptions {
  /** The system's proxy for an address; left out, the usual environment variables say it. */
  systemProxy?: SystemProxy;
}

export class NetworkDoor {
  readonly book = new ConnectionBook();
  readonly #purpose = new AsyncLocalStorage<string>();
  readonly #routes: Routes;
  readonly #unguard: () => void;
  /** Until it is known how the person left it, nothing passes. */
  #isOffline = true;

  constructor({ systemProxy }: NetworkDoorOptions = {}) {
    this.#routes = new Routes(systemProxy);
    this.#unguard = guardSockets({
      refusal: () => (this.#isOffline ? offline() : null),
      opens: (socket, address) => this.book.add(socket, address, this.#purpose.getStore() ?? null),
    });
  }

  get isOffline(): boolean {
    return this.#isOffline;
  }

  /** At once: what is open is broken off. */
  setOffline(isOffline: boolean): void {
    this.#isOffline = isOffline;
    if (isOffline) this.book.breakOff(offline());
  }

  report(): ConnectionReport {
    return { isOffline: this.#isOffline, connections: this.book.list() };
  }

  /**
   * A `fetch` for one purpose, to be handed to whatever speaks HTTP. Redirects are followed here, each hop counted; a
   * token (`Authorization`, `Cookie`) goes to the first address's own origin and no further.
   * @param purpose in words, as it is told to the person: "Files of SigLIP base"
   * @throws PlayheadError `offline`; the rest as `fetch` does
   */
  fetchFor(purpose: string): typeof fetch {
    const send = (url: URL, init: RequestInit) =>
      this.#purpose.run(purpose, () => this.#routes.send(purpose, url, init));
    return async (input, init) => {
      if (this.#isOffline && !isLocal(input)) throw offline();
      try {
        return await followRedirects(send, input, init ?? {});
      } catch (thrown) {
        throw refusalIn(thrown) ?? thrown;
      }
    };
  }

  async close(): Promise<void> {
    this.#unguard();
    await this.#routes.close();
  }
}

function offline(): PlayheadError {
  return new PlayheadError({
    code: 'offline',
    message: 'Playhead is set to offline, so nothing is fetched.',
    hint: 'Turn “Offline” off under Connections (or `playhead connections --online`), then try again.',
  });
}

function isLocal(input: Parameters<typeof fetch>[0]): boolean {
  return isThisMachine(new URL(input instanceof Request ? input.url : String(input)).hostname);
}

/** A library wraps why its socket was refused. */
function refusalIn(thrown: unknown): PlayheadError | null {
  for (let each = thrown; each instanceof Error; each = each.cause) if (each instanceof PlayheadError) return each;
  return null;
}
