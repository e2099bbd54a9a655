/**
 * `work`, or the reason of `signal` as soon as it fires: for what cannot be broken off and may take long.
 * @param onAbort is told before the caller is released
 */
export function unlessAborted<T>(work: Promise<T>, signal?: AbortSignal, onAbort = () => {}): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = () => {
      onAbort();
      reject(signal.reason);
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    // Its own failure is heard in any case: nobody else may be listening any more.
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
