/**
 * The last argument of a call between our own processes may hold an AbortSignal and callbacks: `{ signal, onText }`.
 * Neither can be cloned; what crosses is the number of the call, by which the other side aborts it or calls back.
 */
type Callback = (...args: unknown[]) => void;

/** What does not cross by itself. */
export interface LiveOptions {
  signal?: AbortSignal;
  callbacks: Record<string, Callback>;
}

/** An options object as it crosses. */
export interface SentOptions {
  '@call': number;
  /** The names of the callbacks. */
  callbacks: string[];
  /** What crosses as it is. */
  plain: Record<string, unknown>;
}

/** The two names that carry what happens to a call while it runs; no API has such names. */
export interface CallEvents {
  '@abort'(call: number): void;
  '@callback'(call: number, name: string, args: unknown[]): void;
}

/** Null where nothing needs to be carried. */
export function takeLiveOptions(argument: unknown): (LiveOptions & Pick<SentOptions, 'plain'>) | null {
  if (typeof argument !== 'object' || argument === null) return null;
  const callbacks: Record<string, Callback> = {};
  const plain: Record<string, unknown> = {};
  const { signal, ...others } = argument as Record<string, unknown>;
  for (const [name, value] of Object.entries(others)) {
    if (typeof value === 'function') callbacks[name] = value as Callback;
    else plain[name] = value;
  }
  if (signal instanceof AbortSignal) return { signal, callbacks, plain };
  return Object.keys(callbacks).length > 0 ? { callbacks, plain: { ...plain, signal } } : null;
}

export function isSentOptions(argument: unknown): argument is SentOptions {
  return typeof argument === 'object' && argument !== null && '@call' in argument;
}
