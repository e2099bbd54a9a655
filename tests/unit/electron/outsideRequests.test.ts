/** What reaches a start from outside, against a stand-in for Electron's `app` whose events are sent by hand. */
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Outside } from '../../../src/main/shells/shared/readOutside.ts';

const electron = vi.hoisted(() => ({ app: null as unknown as EventEmitter & { isPackaged: boolean } }));
vi.mock('electron', () => ({
  get app() {
    return electron.app;
  },
}));
const { listenForRequests } = await import('../../../src/main/shells/electron/outsideRequests.ts');

const event = { preventDefault: () => {} };
const { argv } = process;
afterEach(() => {
  process.argv = argv;
});
beforeEach(() => {
  process.argv = ['playhead'];
  electron.app = Object.assign(new EventEmitter(), { isPackaged: true });
});

/** Everything that is received from now on. */
function collect(listen = listenForRequests()): Outside[] {
  const received: Outside[] = [];
  listen((outside) => received.push(...outside));
  return received;
}

it('a file and a link that macOS names before the app is ready are received once it is', () => {
  const listen = listenForRequests();
  electron.app.emit('open-file', event, '/films/a film.mp4');
  electron.app.emit('open-url', event, 'playhead://ask?path=/films/b.mp4');
  electron.app.emit('open-url', event, 'https://evil.example/');
  expect(collect(listen)).toEqual([
    { kind: 'file', path: '/films/a film.mp4' },
    { kind: 'link', link: 'playhead://ask?path=/films/b.mp4' },
  ]);
});

it('a second start is heard by what it hands over, not by arguments that Chromium may have sorted', () => {
  const received = collect();
  const outside = [{ kind: 'file', path: '/films/a.mp4' }];
  electron.app.emit('second-instance', event, ['playhead', '--ask', '--no-sandbox', 'b.mp4'], '/films', { outside });
  expect(received).toEqual(outside);
});

it.each([[null], [{}], [{ outside: 'x' }], [{ outside: [{ kind: 'file' }, { kind: 'files', paths: [1] }, null, 3] }]])(
  'what a second start hands over in no form of ours is passed over: %j',
  (handed) => {
    const received = collect();
    electron.app.emit('second-instance', event, [], '/', handed);
    expect(received).toEqual([]);
  },
);
