/** `playhead models hub` and `models token`: where models are fetched from, how fast, and as whom. */
import { InvalidArgumentError, Option } from 'commander';
import type { HubStatus } from '../../../../contract/index.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { jsonOption, libraryOption } from '../options.ts';
import { note, print, printJson } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';
import { withEngine } from '../withEngine.ts';

interface HubFlags extends CommandFlags {
  endpoint?: string;
  limit?: number;
}

const look = { runJobs: false };

export const hubCommand: TerminalCommand = {
  signature: 'hub',
  description: 'where models are fetched from, how fast, and as whom',
  options: [
    ...[jsonOption, libraryOption],
    new Option('--endpoint <address>', 'a mirror; "default" for the public Hub'),
    new Option('--limit <megabytes>', 'a second; 0 for as fast as it goes').argParser(megabytes),
  ],
  run: hub,
};

export const tokenCommand: TerminalCommand = {
  signature: 'token',
  description: 'keep the token that is typed or piped in; an empty line takes it away',
  options: [jsonOption, libraryOption],
  run: token,
};

function megabytes(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value === 0 || value >= 0.0656))
    throw new InvalidArgumentError('It is not 0, nor 0.07 or more.');
  return value;
}

async function hub({ endpoint, limit, ...flags }: HubFlags): Promise<number> {
  return withEngine(flags, look, async ({ api }) => {
    const status = await api.changeHub({
      ...(endpoint === undefined ? {} : { endpoint: endpoint === 'default' ? null : endpoint }),
      ...(limit === undefined ? {} : { bytesPerSecond: limit === 0 ? null : Math.round(limit * 1e6) }),
    });
    if (flags.json) printJson(status);
    else print(inWords(status));
    return 0;
  });
}

function inWords({ endpoint, bytesPerSecond, hasToken }: HubStatus): string {
  const pace = bytesPerSecond ? `${bytesPerSecond / 1e6} MB/s` : 'no limit';
  return `${endpoint}, ${pace}, ${hasToken ? 'with a token' : 'no token'}`;
}

/** Never as an argument: those are seen by other programs, and kept by shells. */
async function token(flags: CommandFlags): Promise<number> {
  if (process.stdin.isTTY) note('Paste the token and end with Enter:');
  const text = await firstLine();
  return withEngine(flags, look, async ({ api }) => {
    const { tokenPlace } = await api.changeHub({ token: text === '' ? null : text });
    if (flags.json) printJson({ tokenPlace });
    else print(text === '' ? 'Taken away.' : `Kept in ${tokenPlace}.`);
    return 0;
  });
}

async function firstLine(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0]?.trim() ?? '';
}
