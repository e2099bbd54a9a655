/** The caller's side: an API of another process or thread as if it were here, cancelled by an AbortSignal. */
import type { PlayheadError } from '../../contract/errors.ts';
import { passOn } from '../log/log.ts';
import { type CallEvents, type LiveOptions, type SentOptions, takeLiveOptions } from './callOptions.ts';
import { openChannel } from './openChannel.ts';
import type { Port } from './port.ts';
import { type LimitOf, startLimit } from './timeLimit.ts';
import { unlessAborted } from './unlessAborted.ts';

/** Milliseconds: work that has not ended this long after it was aborted does not hear us. */
const stopPatienceMs = 5_000;

export interface Connection<Api> {
  /** A call with a signal rejects with its reason as soon as it fires. */
  api: Api;
  /** Rejects what is pending, and every later call, with this reason. */
  close(reason: PlayheadError): void;
}

export interface ConnectOptions {
  /** What the other side tells, by the names of its events. */
  events?: object;
  /** An aborted call is still being worked on after five seconds. */
  onStuck?(): void;
  /** A call that takes longer is aborted with `time-limit`; one that carries no options is left behind. */
  limitOf?: LimitOf;
}

type Remote = CallEvents & Record<string, (...args: unknown[]) => Promise<unknown>>;

export function connect<Api extends object>(
  port: Port,
  { events = {}, onStuck = () => {}, limitOf = () => null }: ConnectOptions = {},
): Connection<Api> {
  const open = new Map<number, LiveOptions['callbacks']>();
  let count = 0;
  let lost: PlayheadError | null = null;
  const channel = openChannel<Remote>(port, {
    log: passOn,
    ...events,
    // Once a call has ended nobody listens any more. A callback that throws is the caller's own fault, not the call's.
    '@callback': (call: number, name: string, args: unknown[]) => open.get(call)?.[name]?.(...args),
  });

  async function call(name: string, ...args: unknown[]): Promise<unknown> {
    if (lost) throw lost;
    const options = takeLiveOptions(args.at(-1));
    const step = limitOf(name, args);
    const limit = step && startLimit(step instanceof Promise ? await step : step, options?.signal);
    const signal = limit?.signal ?? options?.signal;
    const id = ++count;
    try {
      signal?.throwIfAborted();
      if (options === null) return await unlessAborted(channel.$call(name, ...args), signal);
      open.set(id, options.callbacks);
      const sent: SentOptions = { '@call': id, callbacks: Object.keys(options.callbacks), plain: options.plain };
      const work = channel.$call(name, ...args.slice(0, -1), sent);
      return await unlessAborted(work, signal, () => {
        void channel.$callEvent('@abort', id).catch(() => {}); // a lost connection is told to the call
        tellUnlessEnded(work, onStuck);
      });
    } finally {
      open.delete(id);
      limit?.clear();
    }
  }

  const api = new Proxy({} as Api, {
    // A promise that resolves with an API asks it for `then`.
    get: (_target, name) => (typeof name === 'string' && name !== 'then' ? call.bind(null, name) : undefined),
  });
  return {
    api,
    close(reason) {
      lost ??= reason;
      if (!channel.$closed) channel.$close(lost);
    },
  };
}

function tellUnlessEnded(work: Promise<unknown>, onStuck: () => void): void {
  const timer = setTimeout(onStuck, stopPatienceMs);
  timer.unref();
  // Its failure is told to who called.
  work.catch(() => {}).finally(() => clearTimeout(timer));
}
