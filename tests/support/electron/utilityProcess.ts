import { fork } from 'node:child_process';
import type * as Electron from 'electron';

export const utilityProcess = {
  /** A plain Node process, which is told apart by nothing that the helpers read. */
  fork(script: string, args: string[] = [], options: Electron.ForkOptions = {}) {
    const flags = (options.execArgv ?? []).flatMap((flag) => flag.replace('--js-flags=', '').split(' '));
    const child = fork(script, args, {
      serialization: 'advanced',
      execArgv: flags,
      env: options.env as NodeJS.ProcessEnv,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    return Object.assign(child, { postMessage: (message: unknown) => void child.send(message as object) });
  },
};
