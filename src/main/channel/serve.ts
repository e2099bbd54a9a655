/** The side that does the work: an API for the other end of a port, with the caller's signal and callbacks. */
import { cancelled } from '../../contract/errors.ts';
import { type CallEvents, isSentOptions, type SentOptions } from './callOptions.ts';
import { openChannel } from './openChannel.ts';
import type { Port } from './port.ts';

type Method = (...args: unknown[]) => unknown;

export interface Served<Events> {
  /** An event for the caller's side; nobody answers. */
  tell<N extends keyof Events & string>(
    name: N,
    ...args: Events[N] extends (...args: infer A) => void ? A : never
  ): void;
}

/** @param api its own functions are what can be called; a signal in their options aborts with `cancelled` */
export function serve<Events extends object = object>(port: Port, api: object): Served<Events> {
  const running = new Map<number, AbortController>();

  async function answer(method: Method, ...args: unknown[]): Promise<unknown> {
    const sent = args.at(-1);
    if (!isSentOptions(sent)) return await method(...args);
    const controller = new AbortController();
    running.set(sent['@call'], controller);
    try {
      return await method(...args.slice(0, -1), { ...liveOptions(sent), signal: controller.signal });
    } finally {
      running.delete(sent['@call']);
    }
  }

  const methods = Object.entries(api).map(([name, method]) => [name, answer.bind(null, method as Method)] as const);
  const channel = openChannel<CallEvents & Record<string, (...args: unknown[]) => void>>(port, {
    ...Object.fromEntries(methods),
    '@abort': (call: number) => running.get(call)?.abort(cancelled()),
  });

  function liveOptions({ '@call': call, callbacks, plain }: SentOptions): Record<string, unknown> {
    const live: Record<string, unknown> = { ...plain };
    for (const name of callbacks) {
      live[name] = (...args: unknown[]) => tell('@callback', call, name, args);
    }
    return live;
  }

  /** Where the other side is gone, it is told otherwise. */
  function tell(name: string, ...args: unknown[]): void {
    channel.$callEvent(name, ...args).catch(() => {}); // see above
  }

  return { tell };
}
