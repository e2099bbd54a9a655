import { describe, expect, it } from 'vitest';
import type { WindowCommand } from '../../../src/contract/index.ts';
import { electron, folder, shell } from './shellFixture.ts';

describe('the menus of the system', () => {
  const commands: WindowCommand[] = [
    { id: 'add', name: 'Add files or a folder', group: 'Window', shortcut: 'Mod+O', isEnabled: true },
    { id: 'play', name: 'Play or pause', group: 'Player', shortcut: 'Space', isEnabled: false },
    { id: 'models', name: 'Models', group: 'Window', shortcut: null, isEnabled: true },
  ];
  const template = async (platform: NodeJS.Platform) => {
    const { menuTemplate } = await shell<typeof import('../../../src/main/shells/electron/appMenu.ts')>('appMenu');
    const performed: string[] = [];
    return { menus: menuTemplate(commands, (id) => performed.push(id), platform), performed };
  };

  it('hold the window’s commands by their groups, and do what they do there', async () => {
    const { menus, performed } = await template('linux');
    expect(menus.map(({ label, role }) => label ?? role)).toEqual(['playhead', 'editMenu', 'Player', 'windowMenu']);
    const [first] = menus as [{ submenu: Electron.MenuItemConstructorOptions[] }];
    expect(first.submenu.map(({ label, role, type }) => label ?? role ?? type)).toEqual([
      'Add files or a folder',
      'Models',
      'separator',
      'quit',
    ]);
    first.submenu[0]?.click?.(null as never, undefined, null as never);
    expect(performed).toEqual(['add']);
    const [play] = (menus[2]?.submenu ?? []) as Electron.MenuItemConstructorOptions[];
    expect(play).toMatchObject({
      enabled: false,
      accelerator: 'Space',
      registerAccelerator: false,
    });
  });

  it('take no letter from what is written on macOS', async () => {
    const { menus } = await template('darwin');
    expect(menus.map(({ label, role }) => label ?? role)).toEqual([
      'appMenu',
      'File',
      'editMenu',
      'Player',
      'windowMenu',
    ]);
    const items = menus.flatMap(({ submenu }) => (submenu as Electron.MenuItemConstructorOptions[] | undefined) ?? []);
    expect(items.flatMap(({ accelerator }) => accelerator ?? [])).toEqual(['CmdOrCtrl+O']);
  });
});

describe('messages of a page', () => {
  const own = { url: 'playhead://app/index.html', parent: null };
  const strangers = [
    { url: 'https://evil.example/', parent: null },
    { url: 'playhead://app.evil/', parent: null },
    { url: 'playhead://app/', parent: {} as Electron.WebFrameMain },
    null,
  ];
  const command = { id: 'add', name: 'Add', group: 'Window', shortcut: null, isEnabled: true };

  it('are heard from our own page alone, in their own form alone', async () => {
    const { answerDesktopCalls } =
      await shell<typeof import('../../../src/main/shells/electron/desktopCalls.ts')>('desktopCalls');
    const window = new electron.BrowserWindow();
    const sent: string[] = [];
    window.webContents.send = (channel, ...args) => void sent.push(`${channel} ${args.join()}`);
    answerDesktopCalls({ window, engineWindow: null, show: () => {}, receive: () => {} } as never, folder);
    for (const stranger of strangers) {
      electron.test.emit('playhead:commands', stranger, [command]);
      await expect(electron.test.ask('playhead:integrate', stranger, 'install')).rejects.toMatchObject({
        code: 'unauthorised',
      });
    }
    electron.test.emit('playhead:commands', own, [{ ...command, isEnabled: 'yes' }]);
    expect(electron.test.menu()).toEqual([]);
    await expect(electron.test.ask('playhead:integrate', own, 'format')).rejects.toThrow();
    await expect(electron.test.ask('playhead:desktop-settings', own, { window: null })).rejects.toThrow();

    electron.test.emit('playhead:commands', own, [command]);
    const [{ submenu }] = electron.test.menu() as [{ submenu: Electron.MenuItemConstructorOptions[] }];
    submenu[0]?.click?.(null as never, undefined, null as never);
    expect(sent).toEqual(['playhead:command add']);
    expect(await electron.test.ask('playhead:desktop-settings', own, { looksForUpdates: true })).toMatchObject({
      settings: { looksForUpdates: true, notifies: true },
      canUpdate: false,
    });
  });
});
