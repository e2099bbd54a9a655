/** How a request gets to its address: straight, or through the system's proxy. */
import { Agent, type Dispatcher, EnvHttpProxyAgent, ProxyAgent, fetch as send } from 'undici';
import { isThisMachine } from './loopback.ts';

/** "http://proxy.example:8080", or null where the address is reached without one. */
export type SystemProxy = (address: URL) => Promise<string | null>;

/** Milliseconds without a byte after which a connection counts as dead. */
const limits = { headersTimeout: 60_000, bodyTimeout: 60_000, connect: { timeout: 30_000 } };

export class Routes {
  readonly #systemProxy: SystemProxy | undefined;
  /** Connections are kept open for one purpose alone, so that each socket's bytes have one. */
  readonly #dispatchers = new Map<string, Dispatcher>();

  constructor(systemProxy?: SystemProxy) {
    this.#systemProxy = systemProxy;
  }

  async send(purpose: string, url: URL, init: RequestInit): Promise<Response> {
    const dispatcher = await this.#dispatcher(purpose, url);
    // The types of undici's own fetch are its own, what they describe is the platform's.
    return (await send(url, { ...init, dispatcher } as Parameters<typeof send>[1])) as unknown as Response;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#dispatchers.values()].map((each) => each.destroy()));
    this.#dispatchers.clear();
  }

  async #dispatcher(purpose: string, url: URL): Promise<Dispatcher> {
    const route = isThisMachine(url.hostname) ? 'straight' : await this.#routeTo(url);
    const key = `${route}\n${purpose}`;
    const known = this.#dispatchers.get(key);
    if (known) return known;
    const made = dispatcherOf(route);
    this.#dispatchers.set(key, made);
    return made;
  }

  async #routeTo(url: URL): Promise<string> {
    return this.#systemProxy ? ((await this.#systemProxy(url)) ?? 'straight') : 'environment';
  }
}

function dispatcherOf(route: string): Dispatcher {
  if (route === 'straight') return new Agent(limits);
  if (route === 'environment') return new EnvHttpProxyAgent(limits);
  return new ProxyAgent({ uri: route, ...limits });
}
