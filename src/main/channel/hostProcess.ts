/** A helper process of the engine, over child_process.fork and over Electron's utilityProcess alike. */
import { PlayheadError } from '../../contract/errors.ts';
import { type Connection, type ConnectOptions, connect } from './connect.ts';
import type { Port } from './port.ts';

/** A helper process as its parent sees it; each shell makes one in its own way. */
export interface HostProcess extends Port {
  readonly pid: number | undefined;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

export type HostName = 'modelHost' | 'recogniserHost' | 'importHost';
export type SpawnHost = (name: HostName) => HostProcess;

export interface HostConnection<Api> extends Pick<Connection<Api>, 'api'> {
  /** Resolves with the exit code when the process is gone. */
  exited: Promise<number | null>;
  kill(): void;
}

/**
 * Typed calls to a helper process. When the process ends, whatever is pending and whatever is asked later rejects with
 * PlayheadError `model-crashed`. One that does not stop within five seconds is ended: its successor serves the next.
 */
export function connectHost<Api extends object>(
  process: HostProcess,
  { onStuck = () => {}, limitOf }: Pick<ConnectOptions, 'onStuck' | 'limitOf'> = {},
): HostConnection<Api> {
  const { api, close } = connect<Api>(process, {
    limitOf,
    onStuck() {
      process.kill();
      onStuck();
    },
  });
  const exited = new Promise<number | null>((resolve) => {
    process.onExit((code) => {
      close(crashed(code));
      resolve(code);
    });
  });
  return { api, exited, kill: () => process.kill() };
}

function crashed(code: number | null): PlayheadError {
  return new PlayheadError({
    code: 'model-crashed',
    message: `The process that runs the models ended unexpectedly${code === null ? '' : ` (exit code ${code})`}.`,
    hint: 'Try again: it is started anew. If it happens every time, the model may need more memory than there is.',
  });
}
