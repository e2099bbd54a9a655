/** Starts a helper process with plain Node: what the terminal and the browser shell use. */
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { HostName, HostProcess } from '../../channel/hostProcess.ts';

/**
 * What a helper works on are pictures, sound and tensors, and they lie outside JavaScript's heap. So its young objects
 * need little room (up to 2 MiB twice, in place of 16), and it says itself when a clip can be collected
 * (`tasks/readClip.ts`).
 */
export const heapFlags = ['--max-semi-space-size=2', '--expose-gc'];

/** Each helper's program as source. */
const sources: Record<HostName, string> = {
  modelHost: '../../answering/modelHost.ts',
  recogniserHost: '../../recognising/recogniserHost.ts',
  importHost: '../../importing/importHost.ts',
};

/** The program of a helper: its source, or beside the built shells in `out/main`. */
export function hostScript(name: HostName): string {
  const candidates = [sources[name], `./${name}.js`, `../${name}.js`].map((relative) =>
    fileURLToPath(new URL(relative, import.meta.url)),
  );
  const found = candidates.find((candidate) => existsSync(candidate));
  if (!found) throw new Error(`The program "${name}" is missing beside ${import.meta.url}.`);
  return found;
}

export function forkHost(name: HostName): HostProcess {
  const child = fork(hostScript(name), [], {
    serialization: 'advanced',
    env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
    execArgv: ['--disable-warning=ExperimentalWarning', ...heapFlags],
    // A terminal's Ctrl+C is for the engine, which ends its helpers itself.
    detached: process.platform !== 'win32',
    // What a helper prints goes to stderr, so that --json output stays clean.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  // A message to a process that has just died is not an error of its own: the exit is told anyway.
  child.on('error', () => {});
  return {
    get pid() {
      return child.pid;
    },
    post: (message) => {
      if (child.connected) child.send(message as object);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', (code) => listener(code)),
    kill: () => void child.kill('SIGKILL'),
  };
}
