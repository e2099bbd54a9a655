/** `work`, or the reason of `signal` as soon as it fires: for what cannot be broken off and may take long. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    // Its own failure is heard in any case: nobody else may be listening any more.
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
