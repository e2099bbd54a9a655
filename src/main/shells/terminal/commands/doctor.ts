import { Option } from 'commander';
import { type DoctorReport, doctorMarks, worstOf } from '../../../../contract/index.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { modelOptions } from '../options.ts';
import { print, printJson } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';
import { withEngine } from '../withEngine.ts';

export const doctorCommand: TerminalCommand = {
  signature: 'doctor',
  description: 'look at everything that Playhead needs, and say what to do; nothing personal is in it',
  options: [
    new Option('--json', 'print the report as JSON on stdout'),
    new Option('--library <folder>', 'the library to look at'),
    ...modelOptions,
  ],
  run: doctor,
};

/** Also beside an open Playhead. @returns 1 where something failed */
async function doctor(flags: CommandFlags): Promise<number> {
  const report = await withEngine(flags, { runJobs: false }, ({ api }) => api.doctor({}));
  if (flags.json) printJson(report);
  else printReport(report);
  return worstOf(report) === 'failed' ? 1 : 0;
}

function printReport({ lines }: DoctorReport): void {
  for (const { name, state, found, todo } of lines) {
    print(`${doctorMarks[state].padEnd(8)} ${name.padEnd(14)} ${found}`);
    if (todo !== null) print(`${' '.repeat(24)}${todo}`);
  }
}
