import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { electron, folder, shell } from './shellFixture.ts';

describe('a machine that falls asleep', () => {
  it('has the work rest, and go on when it wakes or somebody is there', async () => {
    const { restWhileAsleep } = await shell<typeof import('../../../src/main/shells/electron/sleep.ts')>('sleep');
    const told: string[] = [];
    restWhileAsleep({ rest: async () => void told.push('rest'), goOn: () => void told.push('go on') });
    electron.powerMonitor.emit('suspend');
    electron.powerMonitor.emit('resume');
    electron.powerMonitor.emit('suspend');
    electron.app.emit('browser-window-focus');
    expect(told).toEqual(['rest', 'go on', 'rest', 'go on']);
  });
});

describe('new versions', () => {
  const updates = () => shell<typeof import('../../../src/main/shells/electron/updates.ts')>('updates');
  const switchOn = async (looksForUpdates: boolean) =>
    (
      await shell<typeof import('../../../src/main/shells/electron/desktopSettings.ts')>('desktopSettings')
    ).changeSettings({ looksForUpdates });
  let calls: string[];
  const updater = {
    autoDownload: true,
    checkForUpdates: async () => {
      calls.push('check');
      return { isUpdateAvailable: true, updateInfo: { version: '9.9.9' } };
    },
    downloadUpdate: async () => void calls.push('download'),
  };
  const open = async () => {
    calls.push('open');
    return updater;
  };
  beforeEach(() => {
    calls = [];
    electron.app.isPackaged = true;
    Object.assign(process, { resourcesPath: folder });
    writeFileSync(join(folder, 'app-update.yml'), '');
  });
  afterEach(() => {
    Reflect.deleteProperty(process, 'resourcesPath');
  });

  it('are not looked for, and what looks for them is not even loaded, before the person switches it on', async () => {
    const { lookOnce } = await updates();
    await lookOnce(open);
    await switchOn(false);
    await lookOnce(open);
    expect(calls).toEqual([]);
  });

  it('are not looked for by a copy that was made without an address', async () => {
    await switchOn(true);
    const { lookOnce } = await updates();
    rmSync(join(folder, 'app-update.yml'));
    await lookOnce(open);
    expect(calls).toEqual([]);
  });

  it('are downloaded only when the person agrees', async () => {
    await switchOn(true);
    const { lookOnce } = await updates();
    await lookOnce(open);
    expect(calls).toEqual(['open', 'check']);
    expect(updater.autoDownload).toBe(false);
    electron.test.answers.push(1);
    await lookOnce(open);
    expect(calls.slice(2)).toEqual(['open', 'check', 'download']);
  });
});
