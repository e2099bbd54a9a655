import { describe, expect, it } from 'vitest';
import type { WorkSummary } from '../../../src/contract/index.ts';
import { electron, ended, nextTurn, openShell, shell } from './shellFixture.ts';

describe('quitting', () => {
  it('while files are read asks once, and stays where the person stays', async () => {
    const { tellWork, closed } = await openShell(new electron.BrowserWindow());
    tellWork();
    electron.test.answers.push(1);
    electron.app.quit();
    electron.app.quit();
    await nextTurn();
    expect(electron.test.asked).toHaveLength(1);
    expect(electron.test.asked[0]).toMatchObject({ buttons: ['Quit', 'Stay open'], defaultId: 1, cancelId: 1 });
    expect(closed()).toBe(0);
    expect(electron.app.hasExited).toBe(false);
  });

  it('then closes the engine before it ends, and asks no second time', async () => {
    const { tellWork, closed } = await openShell(new electron.BrowserWindow());
    tellWork();
    electron.test.answers.push(0);
    electron.app.quit();
    await ended();
    expect(electron.test.asked).toHaveLength(1);
    expect(closed()).toBe(1);
    expect(electron.app.hasExited).toBe(true);
  });

  it.each([
    ['nothing is under way', (tell: (changes: Partial<WorkSummary>) => void) => tell({ filesLeft: 0, progress: null })],
    ['all of it is paused', (tell: (changes: Partial<WorkSummary>) => void) => tell({ isPaused: true })],
    ['the system shuts down', () => void electron.powerMonitor.emit('shutdown')],
  ])('does not ask where %s', async (_name, prepare) => {
    const { tellWork } = await openShell();
    tellWork();
    prepare(tellWork);
    electron.app.quit();
    await ended();
    expect(electron.test.asked).toEqual([]);
  });

  it.skipIf(process.platform === 'darwin')(
    'by the last window goes on in the background where the person wants that, and ends with the work',
    async () => {
      const { tellWork, quitting } = await openShell();
      tellWork();
      electron.test.answers.push(1);
      quitting.onWindowsClosed();
      await nextTurn();
      expect(electron.test.asked[0]?.buttons).toEqual(['Quit', 'Go on in the background']);
      expect(electron.app.hasExited).toBe(false);
      tellWork({ filesLeft: 0, progress: null });
      await ended();
    },
  );

  it('while the engine is being closed closes it no second time, and is known as ending', async () => {
    const { quitting, closed, closing } = await openShell();
    const close = closing();
    electron.app.quit();
    expect([quitting.isEnding, electron.app.hasExited]).toEqual([true, false]);
    electron.app.quit();
    expect(closed()).toBe(1);
    close();
    await ended();
    expect(closed()).toBe(1);
  });

  it('by the last window closes the engine once', async () => {
    const { quitting, closed } = await openShell(new electron.BrowserWindow());
    electron.app.on('window-all-closed', quitting.onWindowsClosed);
    for (const window of electron.test.windows) window.close();
    await ended();
    expect(closed()).toBe(1);
  });

  it('is not held up by an engine that cannot be closed, nor by a question that cannot be shown', async () => {
    const { engine, tellWork } = await openShell(new electron.BrowserWindow());
    engine.close = () => Promise.reject(new Error('the library is gone'));
    tellWork();
    electron.dialog.showMessageBox = () => Promise.reject(new Error('there is no display any more'));
    electron.app.quit();
    await ended();
  });

  it('takes what it is asked for meanwhile to the next start, which follows by itself', async () => {
    const { startAgain } = await shell<typeof import('../../../src/main/shells/electron/ownProgram.ts')>('ownProgram');
    electron.app.isPackaged = true;
    startAgain([{ kind: 'file', path: '/films/--odd one.mp4' }]);
    expect(electron.test.told).toEqual([`again ${process.execPath} -- /films/--odd one.mp4`]);
  });
});
