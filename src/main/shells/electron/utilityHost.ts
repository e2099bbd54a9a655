/** Starts a helper as Electron's utility process. */
import { utilityProcess } from 'electron';
import type { HostName, HostProcess } from '../../engine/createEngine.ts';
import { heapFlags, hostScript } from '../shared/forkHost.ts';

export function utilityHost(name: HostName): HostProcess {
  const child = utilityProcess.fork(hostScript(name), [], {
    serviceName: `playhead-${name}`,
    stdio: 'inherit',
    execArgv: [`--js-flags=${heapFlags.join(' ')}`],
    env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
  });
  return {
    get pid() {
      return child.pid;
    },
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', (code) => listener(code)),
    kill: () => void child.kill(),
  };
}
