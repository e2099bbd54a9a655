import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { appFolder } from '../../core/localEngine.ts';
import type { CommandFlags } from '../commandFlags.ts';

export interface ServeFlags extends CommandFlags {
  port: string;
  open?: boolean;
}

/** `playhead serve`: hands over to the browser shell, which runs until it is interrupted. */
export function serveCommand(flags: ServeFlags): Promise<number> {
  const args = Object.entries(flags).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : [`--${name}`, value],
  );
  const child = spawn(process.execPath, [join(appFolder, 'out', 'main', 'server.js'), ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => child.on('exit', (code) => resolve(code ?? 1)).on('error', reject));
}
