import { join } from 'node:path';
import { type IntegrationReport, PlayheadError } from '../../../../contract/index.ts';
import { integrate as integrateHere, readIcon } from '../../shared/integration/systemIntegration.ts';
import { appFolder } from '../../shared/localEngine.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { jsonOption } from '../options.ts';
import { note, print, printJson } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';

export const integrateCommand: TerminalCommand = {
  signature: 'integrate <action>',
  description: 'install, remove or status: “Ask about this video” in the menus of this system',
  options: [jsonOption],
  run: integrate,
};

const actions = ['install', 'remove', 'status'] as const;

async function integrate(given: string, flags: CommandFlags): Promise<number> {
  const action = actions.find((each) => each === given);
  if (action === undefined) {
    throw new PlayheadError({
      code: 'invalid-input',
      message: `“${given}” is nothing that integrate knows.`,
      hint: `It knows ${actions.join(', ')}.`,
    });
  }
  const report = await integrateHere(action, {
    command: [process.execPath, join(appFolder, 'scripts', 'playhead.mjs')],
    icon: readIcon(join(appFolder, 'resources')),
  });
  if (flags.json) printJson(report);
  else tell(report);
  return 0;
}

const words = {
  installed: 'Installed. It gives:',
  outdated: 'Installed for another version or place: “playhead integrate install” renews it. It gives:',
  absent: 'Not installed. It would give:',
};

function tell({ state, offers, places }: IntegrationReport): void {
  print(words[state]);
  for (const offer of offers) print(`  ${offer}`);
  if (state !== 'absent') for (const place of places.slice(0, 10)) note(place);
  if (state !== 'absent' && places.length > 10) note(`and ${places.length - 10} more keys`);
}
