/** `playhead device`: what computes, part by part, and why; with a choice, from the next question on. */
import {
  type DeviceChoice,
  type DeviceReport,
  describeMemory,
  describePlannedPart,
  deviceChoices,
  PlayheadError,
} from '../../../../contract/index.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { engineOptions } from '../options.ts';
import { print, printJson } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';
import { withEngine } from '../withEngine.ts';

export const deviceCommand: TerminalCommand = {
  signature: 'device [choice]',
  description: 'what runs on the processor and what on the graphics adapter, and why; choose auto, cpu or webgpu',
  options: engineOptions,
  run: device,
};

async function device(asked: string | undefined, flags: CommandFlags): Promise<number> {
  const choice = asked === undefined ? null : choiceOf(asked);
  const report = await withEngine(flags, { runJobs: false }, ({ api }) =>
    choice === null ? api.device({}) : api.chooseDevice({ choice }),
  );
  if (flags.json) printJson(report);
  else printReport(report);
  return 0;
}

function choiceOf(text: string): DeviceChoice {
  const choice = deviceChoices.find((each) => each === text);
  if (choice !== undefined) return choice;
  throw new PlayheadError({
    code: 'invalid-input',
    message: `This is no choice of what computes: ${text}.`,
    hint: `Choose ${deviceChoices.join(', ')}.`,
  });
}

function printReport({ choice, plan, isLoaded }: DeviceReport): void {
  print(`${choice}; adapter: ${plan?.adapter || 'none that the system names'}`);
  if (!isLoaded && plan !== null) print('Before a model is opened:');
  for (const part of plan?.parts ?? []) print(`  ${describePlannedPart(part)}`);
  print(plan === null ? 'There is no model to plan for.' : `Estimated: ${describeMemory(plan.memory)}`);
}
