/**
 * Typed calls and events over a port, both ways (birpc). Errors cross as ErrorInfo and arrive as PlayheadErrors; only
 * the names of `functions` answer.
 */
import { type BirpcReturn, createBirpc } from 'birpc';
import { fromErrorInfo, PlayheadError, toErrorInfo } from '../../contract/errors.ts';
import type { Port } from './port.ts';

/** `$call` waits for the answer, `$callEvent` does not, `$close` rejects what is pending. */
export type Channel<Remote extends object> = BirpcReturn<Remote, object, false>;

/** @param functions what the other side may call, by their own names */
export function openChannel<Remote extends object>(port: Port, functions: object): Channel<Remote> {
  return createBirpc<Remote, object, false>(functions, {
    proxify: false,
    bind: 'functions',
    post: port.post.bind(port),
    on: (listener) => port.onMessage((message) => isMessage(message) && listener(message)),
    resolver: (name, found) => (Object.hasOwn(functions, name) ? found : () => refuse(name)),
    serialize: (message: Message) => withError(message, toErrorInfo),
    deserialize: (message: Message) => withError(message, fromErrorInfo),
    // An answer takes as long as it takes: a lost connection ends the wait, a clock does not.
    timeout: -1,
    // An answer that cannot be sent is no failure of this side: the other one is told why.
    onGeneralError: (_error, name) => name !== undefined,
  });
}

/** What birpc sends: a question (`q`) with its arguments, and an answer (`s`) to the question of the same id. */
type Message =
  | { t: 'q'; i?: string; m: string; a: unknown[] }
  | { t: 's'; i: string; r?: unknown; e?: Parameters<typeof fromErrorInfo>[0] };

/** A call that waits for its answer, whatever its name: all that a window has to send. */
export function isCall(data: unknown): boolean {
  return isMessage(data) && data.t === 'q' && typeof data.i === 'string';
}

function isMessage(data: unknown): data is Message {
  if (typeof data !== 'object' || data === null) return false;
  const { t, i, m, a } = data as Record<string, unknown>;
  return t === 's' ? typeof i === 'string' : t === 'q' && typeof m === 'string' && Array.isArray(a);
}

function withError(message: Message, change: (error: never) => unknown): unknown {
  return message.t === 's' && message.e ? { ...message, e: change(message.e as never) } : message;
}

function refuse(name: string): never {
  throw new PlayheadError({ code: 'invalid-input', message: `There is no call "${name.slice(0, 100)}".` });
}
