/** `playhead models settings`: how full models answer. */
import { InvalidArgumentError, Option } from 'commander';
import type { AnswerSettings } from '../../../../contract/index.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { jsonOption, libraryOption } from '../options.ts';
import { print, printJson } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';
import { withEngine } from '../withEngine.ts';

type SettingFlags = CommandFlags & { length?: number | null; temperature?: number | null; frames?: number | null };

export const settingsCommand: TerminalCommand = {
  signature: 'settings',
  description:
    'how full models answer: longest answer, temperature, pictures of a look; "default" for what a model brings',
  options: [
    ...[jsonOption, libraryOption],
    new Option('--length <tokens>', 'at most, 16 to 2048').argParser(within(16, 2048)),
    new Option('--temperature <value>', '0 to 2; 0 takes the likeliest word').argParser(within(0, 2)),
    new Option('--frames <pictures>', 'of a look, 2 to 32; not of the sample model').argParser(within(2, 32)),
  ],
  run: settings,
};

function within(least: number, most: number): (text: string) => number | null {
  return (text) => {
    if (text === 'default') return null;
    const value = Number(text);
    if (text.trim() !== '' && value >= least && value <= most && (most === 2 || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`It is not "default", nor from ${least} to ${most}.`);
  };
}

async function settings({ length, temperature, frames, ...flags }: SettingFlags): Promise<number> {
  return withEngine(flags, { runJobs: false }, async ({ api }) => {
    const now = await api.changeAnswerSettings({
      ...(length === undefined ? {} : { maxNewTokens: length }),
      ...(temperature === undefined ? {} : { temperature }),
      ...(frames === undefined ? {} : { frames }),
    });
    if (flags.json) printJson(now);
    else print(inWords(now));
    return 0;
  });
}

function inWords({ maxNewTokens, temperature, frames }: AnswerSettings): string {
  const of = (value: number | null) => value ?? 'as the model says';
  return `Longest answer: ${of(maxNewTokens)}; temperature: ${of(temperature)}; pictures of a look: ${of(frames)}.`;
}
