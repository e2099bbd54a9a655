/** What the window asks of the desktop shell beyond the contract: its menu, its settings, the menus of the system. */
import * as z from 'zod';
import { type DesktopState, desktopSettingsSchema, windowCommandSchema } from '../../../contract/index.ts';
import { integrate, readIcon } from '../shared/integration/systemIntegration.ts';
import { showAppMenu } from './appMenu.ts';
import { changeSettings, readSettings } from './desktopSettings.ts';
import { onMessage, onQuestion } from './fromPage.ts';
import type { MainWindow } from './mainWindow.ts';
import { startCommand } from './ownProgram.ts';
import { canUpdate } from './updates.ts';

/** Only what is named: what is left out stays as it is. */
const change = z.partialRecord(z.enum(['looksForUpdates', 'notifies']), z.boolean());

/** @param resources the folder of what ships with Playhead */
export function answerDesktopCalls(main: MainWindow, resources: string): void {
  const perform = (id: string) => {
    main.show();
    main.window?.webContents.send('playhead:command', id);
  };
  onMessage('playhead:commands', z.array(windowCommandSchema).max(200), (commands) => showAppMenu(commands, perform));
  const launcher = { command: startCommand(), icon: readIcon(resources) };
  const state = async (): Promise<DesktopState> => ({
    settings: readSettings(),
    canUpdate: canUpdate(),
    integration: await integrate('status', launcher),
  });
  onQuestion('playhead:desktop-state', z.undefined(), state);
  onQuestion('playhead:desktop-settings', change, async (changes) => {
    changeSettings(desktopSettingsSchema.partial().parse(changes));
    return state();
  });
  onQuestion('playhead:integrate', z.enum(['install', 'remove']), async (action) => {
    await integrate(action, launcher);
    return state();
  });
}
