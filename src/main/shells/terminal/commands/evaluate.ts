import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PlayheadError } from '../../../../contract/index.ts';
import { endSignals } from '../../shared/endSignals.ts';
import { appFolder } from '../../shared/localEngine.ts';
import type { TerminalCommand } from '../terminalCommand.ts';

export const evaluateCommand: TerminalCommand = {
  signature: 'eval [arguments...]',
  description: 'score a model bundle on a benchmark of the paper, or on held-out clips (from the repository alone)',
  options: [],
  passesOn: true,
  run: evaluate,
};

/** Hands over to the program that `npm run eval` starts; no package carries it. */
function evaluate(given: readonly string[]): Promise<number> {
  const script = join(appFolder, 'tools', 'eval.ts');
  if (!existsSync(script)) throw notHere();
  const child = spawn(process.execPath, [script, ...given], { stdio: 'inherit' });
  for (const signal of endSignals) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => child.on('exit', (code) => resolve(code ?? 1)).on('error', reject));
}

function notHere(): PlayheadError {
  return new PlayheadError({
    code: 'not-found',
    message: 'What scores a model is in Playhead’s repository, and not in a package of the app.',
    hint: 'Clone the repository, and run “npx playhead eval” there.',
  });
}
