/** What a command of the terminal is: one file in `commands/` each, and a row in `program.ts`. */
import type { Command, Option } from 'commander';

export interface TerminalCommand {
  /** "ask <file> <question...>", as commander reads it. */
  signature: string;
  description: string;
  options: readonly Option[];
  /** @returns what the process ends with: 0 only on success */
  run?: (...argumentsAndFlags: never[]) => Promise<number>;
  /** Arguments and options are those of another program, which gets them as they are. */
  passesOn?: boolean;
  /** In place of `run`: commands below it. */
  commands?: readonly TerminalCommand[];
}

/** @param onExitCode hears what the command gave when it ran */
export function addCommand(
  program: Command,
  { signature, description, options, run, passesOn = false, commands = [] }: TerminalCommand,
  onExitCode: (code: number) => void,
): void {
  const command = program.command(signature).description(description);
  for (const option of options) command.addOption(option);
  for (const each of commands) addCommand(command, each, onExitCode);
  if (passesOn) command.helpOption(false).allowUnknownOption().passThroughOptions();
  if (!run) return;
  // Commander calls with the arguments, the flags, and itself.
  command.action(async (...given: unknown[]) => onExitCode(await run(...(given.slice(0, -1) as never[]))));
}
