/** The menus of the system, made from the same commands as the window's own: the window tells them as they change. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { WindowCommand } from '../../../contract/index.ts';

/** @param perform does what the command does, in the window */
export function showAppMenu(commands: readonly WindowCommand[], perform: (id: string) => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(commands, perform, process.platform)));
}

/** A menu for each group of commands, in the order in which they come, among those that every app has. */
export function menuTemplate(
  commands: readonly WindowCommand[],
  perform: (id: string) => void,
  platform: NodeJS.Platform,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const groups = [...new Set(commands.map(({ group }) => group))];
  const itemsOf = (group: string) =>
    commands.filter((command) => command.group === group).map((command) => menuItem(command, perform, isMac));
  const [first = [], ...others] = groups.map(itemsOf);
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: isMac ? 'File' : app.name,
      submenu: [...first, { type: 'separator' }, { role: isMac ? 'close' : 'quit' }],
    },
    { role: 'editMenu' },
    ...others.map((submenu, index) => ({ label: groups[index + 1], submenu })),
    { role: 'windowMenu' },
  ];
}

/**
 * The key is shown, and heard by the window itself, which knows when it is meant. Only macOS hears it in the menu, and
 * there a key without Command would take every letter from what is written.
 */
function menuItem(
  { id, name, shortcut, isEnabled }: WindowCommand,
  perform: (id: string) => void,
  isMac: boolean,
): MenuItemConstructorOptions {
  const accelerator =
    shortcut === null || (isMac && !shortcut.startsWith('Mod+')) ? undefined : acceleratorOf(shortcut);
  return { id, label: name, enabled: isEnabled, accelerator, registerAccelerator: isMac, click: () => perform(id) };
}

/** "Mod+Shift+ArrowLeft" as Electron names it: "CmdOrCtrl+Shift+Left". */
export function acceleratorOf(shortcut: string): string {
  const parts = shortcut.split(/\+(?=.)/);
  return parts
    .map((part) =>
      part
        .replace(/^Mod$/, 'CmdOrCtrl')
        .replace(/^Arrow/, '')
        .replace(/^\+$/, 'Plus'),
    )
    .join('+');
}
