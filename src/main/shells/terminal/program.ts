/** The commands, one row each. */
import { Command } from 'commander';
import { appVersion } from '../shared/localEngine.ts';
import { askCommand } from './commands/ask.ts';
import { captionCommand } from './commands/caption.ts';
import { connectionsCommand } from './commands/connections.ts';
import { demoCommand } from './commands/demo.ts';
import { deviceCommand } from './commands/device.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { importCommand } from './commands/import.ts';
import { indexCommand } from './commands/indexPaths.ts';
import { integrateCommand } from './commands/integrate.ts';
import { libraryCommand } from './commands/library.ts';
import { logsCommand } from './commands/logs.ts';
import { modelsCommand } from './commands/models.ts';
import { addOpening } from './commands/openWindow.ts';
import { restoreCommand } from './commands/restore.ts';
import { searchCommand } from './commands/search.ts';
import { serveCommand } from './commands/serve.ts';
import { addCommand } from './terminalCommand.ts';

/** In the order of the help. */
const commands = [
  indexCommand,
  searchCommand,
  askCommand,
  captionCommand,
  modelsCommand,
  importCommand,
  libraryCommand,
  restoreCommand,
  deviceCommand,
  doctorCommand,
  connectionsCommand,
  logsCommand,
  serveCommand,
  integrateCommand,
  evaluateCommand,
  demoCommand,
];

/** `onExitCode` hears what the command that ran wants the process to end with. */
export function createProgram(onExitCode: (code: number) => void): Command {
  const program = new Command('playhead')
    .description(
      'Find the moment you mean in your own videos and sound, and ask about it. Nothing leaves this machine.',
    )
    .version(appVersion())
    .showHelpAfterError()
    // "--library" of a command is the command's own.
    .enablePositionalOptions();
  const opens = addOpening(program, onExitCode);
  for (const command of opens ? [] : commands) addCommand(program, command, onExitCode);
  return program;
}
