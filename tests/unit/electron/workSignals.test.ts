import { describe, expect, it } from 'vitest';
import type { EngineEvent, Job } from '../../../src/contract/index.ts';
import { electron, openShell, shell } from './shellFixture.ts';

describe('while files are read', () => {
  const window = () => new electron.BrowserWindow();

  it('the tray says how far it is, and pauses, goes on and quits; it is there at no other time', async () => {
    const { tellWork, changes } = await openShell();
    expect(electron.test.trays.size).toBe(0);
    tellWork();
    const [tray] = electron.test.trays;
    expect(tray?.tip).toBe('Reading your files: 3 of 12, 40 %, about 5 min left');
    expect(tray?.template.map(({ label, type }) => label ?? type)).toEqual([
      tray?.tip,
      'separator',
      'Show Playhead',
      'Pause',
      'separator',
      'Quit',
    ]);
    tray?.template.find(({ label }) => label === 'Pause')?.click?.(null as never, undefined, null as never);
    tellWork({ isPaused: true });
    expect(tray?.tip).toBe('Paused: 3 of 12, 40 %');
    tray?.template.find(({ label }) => label === 'Go on')?.click?.(null as never, undefined, null as never);
    expect(changes).toEqual([{ change: 'pause' }, { change: 'resume' }]);
    tellWork({ filesLeft: 0, progress: null });
    expect(electron.test.trays.size).toBe(0);
  });

  it('the dock or taskbar shows the progress, and shows none when all is read', async () => {
    const { tellWork } = await openShell(window());
    tellWork();
    tellWork({ isPaused: true });
    tellWork({ filesLeft: 0, progress: null });
    expect(electron.test.told.filter((text) => text.startsWith('progress'))).toEqual([
      'progress -1 normal',
      'progress 0.4 normal',
      'progress 0.4 paused',
      'progress -1 normal',
    ]);
  });

  it('the end is told once to whoever looks at something else, and to nobody who looks at it', async () => {
    const open = window();
    const { tellWork } = await openShell(open);
    const notes = () => electron.test.told.filter((text) => text.startsWith('notification'));
    tellWork();
    tellWork({ filesDone: 11, filesFailed: 1, filesLeft: 0, progress: null });
    tellWork({ filesDone: 11, filesFailed: 1, filesLeft: 0, progress: null });
    expect(notes()).toEqual(['notification: Playhead has read your files: 11 files are indexed, 1 with problems.']);
    open.focus();
    tellWork();
    tellWork({ filesLeft: 0, progress: null });
    expect(notes()).toHaveLength(1);
  });

  it('an answer is told to whoever looks at something else, unless notifications are switched off', async () => {
    const { emit } = await openShell(window());
    const answered: EngineEvent = { type: 'job', job: { kind: 'ask', state: 'done', title: 'What is seen?' } as Job };
    emit(answered);
    const { changeSettings } =
      await shell<typeof import('../../../src/main/shells/electron/desktopSettings.ts')>('desktopSettings');
    changeSettings({ notifies: false });
    emit(answered);
    expect(electron.test.told.filter((text) => text.startsWith('notification'))).toEqual([
      'notification: Your question is answered: What is seen?',
    ]);
  });
});
