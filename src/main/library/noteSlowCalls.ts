import { log } from '../log/log.ts';

/** Milliseconds. The library has one thread: whoever comes next waits as long. */
const slowMs = 250;

/** The same API; a call that keeps the library busy for longer than a quarter of a second is noted, by its name alone. */
export function noteSlowCalls<Api extends object>(api: Api, now: () => number = () => performance.now()): Api {
  const timed = (name: string, method: (...args: unknown[]) => unknown) => {
    return async (...args: unknown[]) => {
      const start = now();
      try {
        return await method(...args);
      } finally {
        const milliseconds = Math.round(now() - start);
        if (milliseconds > slowMs) log.warn('a slow call of the library', { call: name, milliseconds });
      }
    };
  };
  const methods = Object.entries(api).map(([name, method]) => [name, timed(name, method.bind(api))]);
  return Object.fromEntries(methods) as Api;
}
