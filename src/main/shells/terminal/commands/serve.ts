import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Option } from 'commander';
import { endSignals } from '../../shared/endSignals.ts';
import { appFolder } from '../../shared/localEngine.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { engineOptions, wholeNumber } from '../options.ts';
import type { TerminalCommand } from '../terminalCommand.ts';

const LAST_PORT = 65_535;

interface ServeFlags extends CommandFlags {
  port: number;
  open?: boolean;
}

export const serveCommand: TerminalCommand = {
  signature: 'serve',
  description: 'open the app in a browser on this machine',
  options: [
    ...engineOptions,
    new Option('--port <number>', 'port on 127.0.0.1; 0 takes a free one')
      .argParser(wholeNumber(0, LAST_PORT))
      .default(0),
    new Option('--open', 'open the browser'),
  ],
  run: serve,
};

/** Hands over to the browser shell, which runs until it is interrupted. */
function serve(flags: ServeFlags): Promise<number> {
  const args = Object.entries(flags).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : [`--${name}`, String(value)],
  );
  const child = spawn(process.execPath, [join(appFolder, 'out', 'main', 'server.js'), ...args], { stdio: 'inherit' });
  for (const signal of endSignals) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => child.on('exit', (code) => resolve(code ?? 1)).on('error', reject));
}
