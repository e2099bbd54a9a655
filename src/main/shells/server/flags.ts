/** The flags of the browser shell's program. */
import { parseArgs } from 'node:util';
import { deviceChoices, PlayheadError } from '../../../contract/index.ts';
import type { EngineFlags } from '../shared/localEngine.ts';

export interface ServerFlags extends EngineFlags {
  port: number;
  open: boolean;
  json: boolean;
  /** What to open, as arguments of `readOutside`: files, or a link. */
  outside: string[];
  /** The built page's folder, or a server that makes it; left out, what is shipped. */
  ui?: string;
}

export const usage = `Usage: playhead serve [options] [files to open]
  --port <number>      on 127.0.0.1; 0, or without it, a free one
  --open               opens the browser
  --ask <file>         shows this file with the cursor in the question
  --json               prints the address as JSON
  --library <folder>   the library to work with
  --model <bundle>     the model bundle to answer with
  --provider <name>    what computes, in place of what is stored: auto, cpu or webgpu
  --ui <folder>        another page than the one that is shipped`;

/** @returns null where help was asked for; @throws PlayheadError `invalid-input` with the usage */
export function readFlags(args: string[]): ServerFlags | null {
  const { values, positionals } = parse(args);
  const { help, port, provider, ask, open = false, json = false, ...rest } = values;
  if (help) return null;
  const device = deviceChoices.find((choice) => choice === provider);
  if (provider !== undefined && device === undefined)
    throw refused(`--provider is auto, cpu or webgpu, not "${provider}".`);
  const outside = [...(ask ? [`--ask=${ask}`] : []), '--', ...positionals];
  return { ...rest, provider: device, outside, open, json, port: portOf(port ?? '0') };
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    port: text,
    library: text,
    model: text,
    provider: text,
    ui: text,
    ask: text,
    open: flag,
    json: flag,
  };
  try {
    return parseArgs({ args, allowPositionals: true, options: { ...options, help: { ...flag, short: 'h' } } });
  } catch (thrown) {
    throw refused(`${(thrown as Error).message.split('. ')[0]}.`);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw refused(`"${text}" is no port: give a number from 0 to 65535.`);
}

function refused(message: string): PlayheadError {
  return new PlayheadError({ code: 'invalid-input', message, hint: 'playhead serve --help tells what it takes.' });
}
