/**
 * What a piece of work gives, unless the signal is aborted or the time is up before: a drive that does not answer
 * holds up nobody, although the system's own call goes on waiting.
 * @throws Error in words when the time is up; the signal's reason
 */
export async function withinLimit<T>(work: Promise<T>, limitSec: number, signal?: AbortSignal): Promise<T> {
  let giveUp: (reason: unknown) => void = () => {};
  const givenUp = new Promise<never>((_resolve, reject) => {
    giveUp = reject;
  });
  const onAbort = () => giveUp(signal?.reason);
  const timer = setTimeout(() => giveUp(new Error(`it took longer than ${limitSec} s`)), limitSec * 1000);
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    return await Promise.race([work, givenUp]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
