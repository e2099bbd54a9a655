/** The whole shell over an engine of which little is needed: what happens between quitting and the end. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { electron, ended, folder, shell, workingEngine } from './shellFixture.ts';

const { argv } = process;
beforeEach(() => {
  process.argv = ['electron', 'app'];
});
afterEach(() => {
  process.argv = argv;
});

it('an app that is ending shows no window, and takes what it is asked for to its next start', async () => {
  const { engine, closing } = workingEngine();
  const window = {
    api: {},
    onEvent: () => () => {},
    openRoute: async () => null,
    open: async () => {},
    close: () => {},
  };
  Object.assign(engine, {
    openWindow: () => window,
    openRoute: async () => null,
    rest: async () => {},
    goOn: () => {},
  });
  vi.doMock('../../../src/main/shells/electron/openEngine.ts', () => ({
    openEngine: async () => engine,
    resourcesFolder: () => folder,
  }));
  const { runApp } = await shell<typeof import('../../../src/main/shells/electron/runApp.ts')>('runApp');
  await runApp();
  expect(electron.test.windows.size).toBe(1);

  const close = closing();
  electron.app.quit();
  const outside = [{ kind: 'file', path: '/films/a film.mp4' }];
  electron.app.emit('second-instance', {}, [], '/', { outside });
  electron.app.emit('activate');
  expect(electron.test.windows.size).toBe(0);
  const again = electron.test.told.filter((text) => text.startsWith('again'));
  expect(again).toEqual([`again ${process.execPath} ${folder} -- /films/a film.mp4`]);
  close();
  await ended();
});
