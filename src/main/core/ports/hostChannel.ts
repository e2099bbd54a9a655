/**
 * The typed channel between the engine and a helper process: calls one way, events the other, errors as
 * ErrorInfo. It is the same over child_process.fork and over Electron's utilityProcess.
 */
import { createBirpc } from 'birpc';
import { type ErrorInfo, fromErrorInfo, PlayheadError, toErrorInfo } from '../../../contract/index.ts';

/** A helper process as its parent sees it; each shell makes one in its own way. */
export interface HostProcess {
  readonly pid: number | undefined;
  postMessage(data: unknown): void;
  onMessage(listener: (data: unknown) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

export type HostName = 'modelHost' | 'recogniserHost';
export type SpawnHost = (name: HostName) => HostProcess;

/** The other end, inside the helper process. */
export interface HostPort {
  postMessage(data: unknown): void;
  onMessage(listener: (data: unknown) => void): void;
}

type Methods = Record<string, (...args: never[]) => unknown>;
type Outcome = { ok: true; value: unknown } | { ok: false; error: ErrorInfo };

export interface HostConnection<Api> {
  api: Api;
  /** Resolves with the exit code when the process is gone. */
  exited: Promise<number | null>;
  kill(): void;
}

/**
 * Typed calls to a helper process. When the process ends, whatever is pending and whatever is asked
 * later rejects with PlayheadError `model-crashed`.
 */
export function connectHost<Api extends object, Events extends object>(
  process: HostProcess,
  events: Events,
): HostConnection<Api> {
  let gone: PlayheadError | null = null;
  const pending = new Set<(error: PlayheadError) => void>();
  const rpc = createBirpc<Methods, object>(events, {
    post: (data) => process.postMessage(data),
    on: (listener) => process.onMessage(listener),
    // An answer takes as long as it takes; a crash ends the wait, a clock does not.
    timeout: -1,
  });
  const exited = new Promise<number | null>((resolve) => {
    process.onExit((code) => {
      gone = crashed(code);
      for (const reject of pending) reject(gone);
      pending.clear();
      resolve(code);
    });
  });

  const call = async (name: string, args: unknown[]): Promise<unknown> => {
    if (gone) throw gone;
    return new Promise<unknown>((resolve, reject) => {
      pending.add(reject);
      (rpc.$call(name, ...(args as never[])) as unknown as Promise<Outcome>)
        .then((outcome) => (outcome.ok ? resolve(outcome.value) : reject(fromErrorInfo(outcome.error))), reject)
        .finally(() => pending.delete(reject));
    });
  };
  const api = new Proxy({} as Api, {
    get: (_target, name) =>
      typeof name === 'string' && name !== 'then' ? (...args: unknown[]) => call(name, args) : undefined,
  });
  return { api, exited, kill: () => process.kill() };
}

/** Serves `makeApi(events)` to the parent; every thrown value crosses as ErrorInfo. */
export function serveHost<Events extends object>(port: HostPort, makeApi: (events: Events) => object): void {
  const functions: Record<string, (...args: unknown[]) => Promise<Outcome>> = {};
  const rpc = createBirpc<Methods, object>(functions, {
    post: (data) => port.postMessage(data),
    on: (listener) => port.onMessage(listener),
    timeout: -1,
  });
  const events = new Proxy({} as Events, {
    get:
      (_target, name) =>
      (...args: unknown[]) =>
        void rpc.$callEvent(String(name), ...(args as never[])),
  });
  for (const [name, method] of Object.entries(makeApi(events))) {
    functions[name] = async (...args) => {
      try {
        return { ok: true, value: await method(...args) };
      } catch (thrown) {
        return { ok: false, error: toErrorInfo(thrown) };
      }
    };
  }
}

/** The port of the process we are in: Electron's utilityProcess, or a forked Node. Null when it is neither. */
export function parentHostPort(): HostPort | null {
  const self = globalThis.process as NodeJS.Process & { parentPort?: ElectronParentPort };
  const { parentPort } = self;
  if (parentPort) {
    return {
      postMessage: (data) => parentPort.postMessage(data),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data)),
    };
  }
  if (!self.send) return null;
  // A parent that is gone leaves nobody to work for.
  self.on('disconnect', () => self.exit(0));
  return {
    postMessage: (data) => void self.send?.(data),
    onMessage: (listener) => void self.on('message', listener),
  };
}

interface ElectronParentPort {
  postMessage(data: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

function crashed(code: number | null): PlayheadError {
  return new PlayheadError({
    code: 'model-crashed',
    message: `The process that runs the models ended unexpectedly${code === null ? '' : ` (exit code ${code})`}.`,
    hint: 'Try again: it is started anew. If it happens every time, the model may need more memory than there is.',
  });
}
