/** The commands and their flags. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { logLevels } from '../../contract/index.ts';
import { appVersion } from '../core/localEngine.ts';
import { askCommand } from './commands/ask.ts';
import { captionCommand } from './commands/caption.ts';
import { demoCommand } from './commands/demo.ts';
import { importCommand } from './commands/import.ts';
import { indexCommand } from './commands/indexPaths.ts';
import { logsCommand } from './commands/logs.ts';
import { restoreCommand } from './commands/restore.ts';
import { searchCommand } from './commands/search.ts';
import { serveCommand } from './commands/serve.ts';

/** What is none is told with the option's name and the help of its command, before anything is opened. */
function seconds(text: string): string {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It is not a number.');
  if (value < 0) throw new InvalidArgumentError('It is before the beginning.');
  return text;
}

/** @param most the largest that makes sense; what is none from `least` on is told with both */
function wholeNumber(least: number, most: number): (text: string) => string {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return text;
    throw new InvalidArgumentError(`It is not a whole number from ${least} to ${most}.`);
  };
}

function partFormat(text: string, before: string[] = []): string[] {
  if (!/^[a-z]+=[a-z0-9]+$/i.test(text)) throw new InvalidArgumentError('It is not like vision=fp16.');
  return [...before, text];
}

const MOST_HITS = 200;
const LAST_PORT = 65_535;

/** `onExitCode` hears what the command that ran wants the process to end with. */
export function createProgram(onExitCode: (code: number) => void): Command {
  const program = new Command('playhead')
    .description(
      'Find the moment you mean in your own videos and sound, and ask about it. Nothing leaves this machine.',
    )
    .version(appVersion())
    .showHelpAfterError();

  const json = ['--json', 'print the result as JSON on stdout'] as const;
  const library = ['--library <folder>', 'the library to work with'] as const;
  const onModel = (base: Command) =>
    base
      .option('--model <bundle>', 'the model bundle to answer with')
      .addOption(new Option('--provider <name>', 'ONNX Runtime provider to try first').choices(['cpu', 'webgpu']));
  const command = (signature: string, description: string) =>
    onModel(
      program
        .command(signature)
        .description(description)
        .option(...json)
        .option(...library),
    );
  const clip = (base: Command) =>
    base
      .option('--start <seconds>', 'start of the clip', seconds)
      .option('--end <seconds>', 'end of the clip', seconds)
      .option('--details', 'print the model, the tokens and the seconds of each stage');
  const run =
    <Args extends unknown[]>(action: (...args: Args) => Promise<number>) =>
    async (...args: [...Args, Command]) =>
      onExitCode(await action(...(args.slice(0, -1) as Args)));

  command('index <folder...>', 'index folders and files of video, sound and pictures').action(run(indexCommand));
  command('search <words...>', 'find moments')
    .option('--limit <count>', `at most this many, up to ${MOST_HITS}`, wholeNumber(1, MOST_HITS), '20')
    .action(run(searchCommand));
  clip(command('ask <file> <question...>', 'ask about a file or a clip of it'))
    .addOption(
      new Option('--modality <senses>', 'what to use').choices(['auto', 'video', 'audio', 'av']).default('auto'),
    )
    .option('--whole', 'look at every scene, however long it takes')
    .option('--likeliest', 'look at the likeliest scenes where all would take long')
    .action(run(askCommand));
  clip(command('caption <file>', 'describe a file or a clip of it')).action(run(captionCommand));
  program
    .command('import <checkpointFolder> <bundleFolder>')
    .description('turn a published VideoLLaMA 2 checkpoint into a model bundle')
    .option(...json)
    .option('--library <folder>', 'the library that is to list it')
    .addOption(new Option('--weights <format>', 'of the linear layers').choices(['fp32', 'fp16', 'int8', 'int4']))
    .option('--part <part=format...>', 'another format for one part: vision, connector, audio, decoder, …', partFormat)
    .addOption(new Option('--block-size <values>', 'per scale of int8 and int4').choices(['32', '64', '128']))
    .addOption(new Option('--kv-cache <format>', 'of what the model remembers of a clip').choices(['fp32', 'int8']))
    .action(run(importCommand));
  program
    .command('restore')
    .description('put the newest good copy of the library back, or another one')
    .option('--list', 'name the copies that can be read, and change nothing')
    .option('--from <file>', 'this copy, in place of the newest good one')
    .option('--empty', 'begin with an empty library beside what is left')
    .option('--yes', 'with --empty: also where the library that is there can be opened')
    .option(...json)
    .option(...library)
    .action(run(restoreCommand));
  program
    .command('logs')
    .description('what went wrong behind the scenes, and when work began and ended')
    .option('--limit <count>', 'at most this many entries, the latest', wholeNumber(1, 100_000), '200')
    .addOption(new Option('--level <name>', 'this and what is graver').choices(logLevels).default('info'))
    .option('--json', 'print the entries as JSON on stdout')
    .option('--library <folder>', 'the library whose log it is')
    .action(run(logsCommand));
  command('serve', 'open the app in a browser on this machine')
    .option('--port <number>', 'port on 127.0.0.1; 0 takes a free one', wholeNumber(0, LAST_PORT), '0')
    .option('--open', 'open the browser')
    .action(run(serveCommand));
  onModel(
    program.command('demo').description('do the main job on the bundled sample clips, in a library of its own'),
  ).action(run(demoCommand));
  return program;
}
