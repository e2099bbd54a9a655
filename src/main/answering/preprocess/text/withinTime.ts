import vm from 'node:vm';

/** Milliseconds; a template is rendered and a text tokenised in a few. */
const limitMs = 5_000;

const script = new vm.Script('work()');

/**
 * Runs code that a model brings (a template that loops, a pattern that backtracks), and breaks it off where it does not
 * end: the thread is stopped in the middle of it, and the process lives on.
 * @throws `Error` with code `ERR_SCRIPT_EXECUTION_TIMEOUT` after the limit
 */
export function withinTime<T>(work: () => T, timeout = limitMs): T {
  return script.runInNewContext({ work }, { timeout }) as T;
}

export function tookTooLong(thrown: unknown): boolean {
  return (thrown as NodeJS.ErrnoException | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
