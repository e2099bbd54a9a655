import { describe, expect, it } from 'vitest';
import { readAskLink } from '../../../src/main/shells/shared/askLink.ts';
import { isNetworkPath } from '../../../src/main/shells/shared/networkPath.ts';

const link = (path: string, rest = '') => `playhead://ask?path=${encodeURIComponent(path)}${rest}`;

describe('a link', () => {
  it.each([
    '/home/you/film.mp4',
    '/home/you/a “film” & more #1 100%?.mp4',
    '/home/you/🏖️ summer/c’est l’été.mkv',
    '/home/you/one: two.mp4',
    '/home/you/👩‍👧 at the beach 🏴󠁧󠁢󠁷󠁬󠁳󠁿 1️⃣.mp4',
    '/home/you/می‌خواهم.mp4',
    '/home/you/क्‍ष.mp4',
    '/home/you/..odd../...mp4',
  ])('names a file by its whole path: %s', (path) => {
    expect(readAskLink(link(path), 'linux')).toEqual({ path, clip: null });
  });

  it('names a drive’s file on Windows', () => {
    expect(readAskLink(link('C:\\Films\\a b.mp4'), 'win32').path).toBe('C:\\Films\\a b.mp4');
  });

  it('may name a clip', () => {
    expect(readAskLink(link('/a.mp4', '&start=2&end=5'), 'linux').clip).toEqual({ startSec: 2, endSec: 5 });
    expect(readAskLink(link('/a.mp4', '&start=2'), 'linux').clip).toEqual({ startSec: 2 });
    expect(readAskLink(link('/a.mp4', '&start=5&end=2'), 'linux').clip).toEqual({ startSec: 5 });
    expect(readAskLink(link('/a.mp4', '&start=-1&end=NaN'), 'linux').clip).toBeNull();
  });

  it.each([
    '\\\\server\\share\\film.mp4',
    '//server/share/film.mp4',
    '/\\server/share',
    '\\\\?\\UNC\\server\\share\\x',
    '\\\\.\\pipe\\x',
    'smb://server/share/x.mp4',
    'smb:/server/x.mp4',
    'http://evil.example/x.mp4',
    'file://server/share/x.mp4',
    '/net/server/x.mp4',
    '/run/user/1000/gvfs/smb-share:server=nas,share=films/x.mp4',
    '/var/run/user/1000/gvfs/x.mp4',
    '/run/user/1000/kio-fuse-AbCdEf/smb/nas/x.mp4',
    '/root/.gvfs/x.mp4',
    '/System/Volumes/Data/Network/Servers/x.mp4',
    '/private/var/automount/Network/x.mp4',
    '/Network/Servers/x.mp4',
  ])('to another computer is refused on every system: %s', (path) => {
    for (const system of ['linux', 'darwin', 'win32'] as const) {
      expect(() => readAskLink(link(path), system), system).toThrow(/computer|whole path/);
    }
  });

  it.each(['film.mp4', '../film.mp4', '~/film.mp4', 'C:film.mp4', 'file:///home/you/film.mp4', ''])(
    'that does not say the whole path is refused: %s',
    (path) => {
      for (const system of ['linux', 'win32'] as const) expect(() => readAskLink(link(path), system)).toThrow();
    },
  );

  it.each([
    '/home/../net/server/x.mp4',
    '/./net/server/x.mp4',
    '/home//you/a.mp4',
    '/home/you/a/..',
    '/proc/self/root/net/server/x.mp4',
    '/dev/video0',
    '/sys',
  ])('that turns back, or goes by the system’s own folders, is refused: %s', (path) =>
    expect(() => readAskLink(link(path), 'linux')).toThrow(/whole path/),
  );

  it.each(['C:\\a\\..\\b.mp4', 'C:/./b.mp4', 'C:\\a\\\\b.mp4'])('that turns back is refused on Windows: %s', (path) =>
    expect(() => readAskLink(link(path), 'win32')).toThrow(/whole path/),
  );

  it.each(['C:\\a\\CON', 'C:\\a\\nul.mp4', 'C:\\a\\film.mp4:stream', 'C:/com1.mp4', 'C:\\COM¹'])(
    'to what Windows takes for a device or a hidden stream is refused: %s',
    (path) => expect(() => readAskLink(link(path), 'win32')).toThrow(),
  );

  it.each([
    ...[
      '/a\n.mp4',
      '/a\u0000.mp4',
      '/photo\u202e4pm.exe',
      '/a\u200b.mp4',
      '/a\u00ad.mp4',
      '/\u3164.mp4',
      '/a\u200d.mp4',
    ],
    ...['/a\ufe0f.mp4', '/1\ufe0f.mp4', '/a\u{e0041}.mp4', '/a\u2800b.mp4', '/a\ufff9b.mp4'],
  ])('whose path is not what it looks like is refused: %j', (path) =>
    expect(() => readAskLink(link(path), 'linux')).toThrow(/cannot be read/),
  );

  it.each([
    'playhead://app/index.html',
    'playhead://ask',
    'playhead:ask?path=/a.mp4',
    'https://ask/?path=/a',
    'playhead://',
  ])('of another form is refused: %s', (text) =>
    expect(() => readAskLink(text, 'linux')).toThrow(/none that Playhead knows/),
  );
});

it('a colon alone makes no network path', () => {
  for (const path of ['C:\\a.mp4', 'talk: one.mp4', '/home/a.mp4', 'a.mp4', '/networking/a.mp4']) {
    expect(isNetworkPath(path), path).toBe(false);
  }
});
