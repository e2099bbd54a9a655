import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isIgnored } from '../../../../src/main/engine/scan/ignorePatterns.ts';
import { leaveOut } from '../../../../src/main/engine/scan/leaveOut.ts';

const root = join('/', 'v');
const ignored = (path: string, ...patterns: string[]) => isIgnored(root, join(root, path), patterns);

test('a pattern without a slash is a name, wherever it stands, and all that lies in it', () => {
  expect(ignored('a.proxy.mp4', '*.proxy.mp4')).toBe(true);
  expect(ignored('deep/er/a.proxy.mp4', '*.proxy.mp4')).toBe(true);
  expect(ignored('deep/Renders/final.mp4', 'Renders')).toBe(true);
  expect(ignored('a.mp4', '*.proxy.mp4', 'Renders')).toBe(false);
});

test('a pattern with a slash is a path in the folder, and all that lies in it', () => {
  expect(ignored('2019/trip/a.mp4', '2019/trip')).toBe(true);
  expect(ignored('2019/trip/a.mp4', '/2019/')).toBe(true);
  expect(ignored('old/2019/trip/a.mp4', '2019/trip')).toBe(false);
  expect(ignored('2019/a/b.mp4', '2019/**/*.mp4')).toBe(true);
});

test('neither the folder itself nor what lies beside it is left out by its patterns', () => {
  expect(isIgnored(root, root, ['*'])).toBe(false);
  expect(isIgnored(root, join('/', 'w', 'a.mp4'), ['*'])).toBe(false);
});

test('the library itself is left out of every walk, and each folder has its own patterns', () => {
  const reasonFor = leaveOut(
    [
      { path: root, ignore: ['*.mov'] },
      { path: `${root} too`, ignore: [] },
    ],
    join(root, 'library'),
  );
  expect(reasonFor(join(root, 'library'))).toBe('the library itself');
  expect(reasonFor(join(root, 'a.mov'))).toMatch('patterns');
  expect(reasonFor(join(`${root} too`, 'a.mov'))).toBeNull();
});
