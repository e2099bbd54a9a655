/** Shell 2: the terminal. Exit code 0 only on success. */
import { CommanderError } from 'commander';
import { toErrorInfo } from '../../../contract/index.ts';
import { endIfHeld } from '../shared/threads.ts';
import { printError, printJson } from './output.ts';
import { createProgram } from './program.ts';

async function main(): Promise<number> {
  let exitCode = 0;
  const program = createProgram((code) => {
    exitCode = code;
  });
  for (const command of [program, ...program.commands]) command.exitOverride();
  try {
    await program.parseAsync();
    return exitCode;
  } catch (thrown) {
    // Commander has already said what it did not understand (or shown the help that was asked for).
    if (thrown instanceof CommanderError) return thrown.exitCode;
    const error = toErrorInfo(thrown);
    if (process.argv.includes('--json')) printJson({ error });
    printError(error);
    return 1;
  }
}

// Who reads no more (`| head`) has what they wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
process.exitCode = await main();
await endIfHeld();
