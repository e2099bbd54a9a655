import { endNow } from './threads.ts';

/** Ctrl+C, a closed terminal, and what the system sends when it ends programs. */
export const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A terminal's Ctrl+C may reach a program twice: by itself, and through the program that started it. Milliseconds. */
const echoMs = 500;

/**
 * Calls `end` at the first signal; a later one ends the program at once. Gives the function that stops listening.
 *
 * The listeners stay: a library that also listens for signals (as execa does, to end what it started) takes a signal
 * that nobody else hears for the program's end.
 */
export function onEndSignal(end: () => void): () => void {
  let firstMs = 0;
  const listen = () => {
    if (firstMs === 0) {
      firstMs = Date.now();
      end();
    } else if (Date.now() - firstMs > echoMs) endNow(130);
  };
  for (const signal of endSignals) process.on(signal, listen);
  return () => {
    for (const signal of endSignals) process.off(signal, listen);
  };
}
