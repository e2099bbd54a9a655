/** What is written on Windows, in a registry that is a map, and read as Windows reads a command line. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { PlannedKey } from '../../../../src/main/shells/shared/integration/plan.ts';
import { type Registry, readQuery, regFile } from '../../../../src/main/shells/shared/integration/registry.ts';
import { integrate, type Surroundings } from '../../../../src/main/shells/shared/integration/systemIntegration.ts';
import { commandLine } from '../../../../src/main/shells/shared/integration/windows.ts';
import { readOutside } from '../../../../src/main/shells/shared/readOutside.ts';

const program = 'C:\\Users\\Zoë “Z” 🏖️\\App Data\\Playhead.exe';
const launcher = { command: [program], icon: '' };

let keys: Map<string, Record<string, string>>;
let surroundings: Surroundings;

/** As the registry does it: a key brings those above it, and names differ in their letters alone, not in their case. */
function mapRegistry(): Registry {
  const at = (key: string) => [...keys.keys()].find((each) => each.toLowerCase() === key.toLowerCase());
  return {
    async write(planned) {
      for (const { key, values } of planned) {
        key.split('\\').forEach((_, index, parts) => {
          const above = parts.slice(0, index + 1).join('\\');
          if (at(above) === undefined) keys.set(above, {});
        });
        Object.assign(keys.get(at(key) ?? '') ?? {}, values);
      }
    },
    async read(key) {
      const found = at(key);
      if (found === undefined) return null;
      const hasKeysBelow = [...keys.keys()].some((each) => each.startsWith(`${found}\\`));
      return { values: { ...keys.get(found) }, hasKeysBelow };
    },
    async removeValue(key, name) {
      delete keys.get(at(key) ?? '')?.[name];
    },
    async removeKey(key) {
      const found = at(key);
      for (const each of [...keys.keys()]) if (each === found || each.startsWith(`${found}\\`)) keys.delete(each);
    },
  };
}

beforeEach(() => {
  keys = new Map();
  surroundings = { platform: 'win32', home: 'C:\\Users\\z', env: {}, registry: mapRegistry() };
});

/** The rules of CommandLineToArgvW. */
function argumentsOf(line: string): string[] {
  const args: string[] = [];
  let current = '';
  let isQuoted = false;
  let isThere = false;
  for (let index = 0; index < line.length; index++) {
    const slashes = line.slice(index).match(/^\\+(?=")/)?.[0].length ?? 0;
    if (slashes > 0) {
      current += '\\'.repeat(Math.floor(slashes / 2));
      index += slashes;
      if (slashes % 2 === 1) current += '"';
      else isQuoted = !isQuoted;
      isThere = true;
    } else if (line[index] === '"') {
      isQuoted = !isQuoted;
      isThere = true;
    } else if (line[index] === ' ' && !isQuoted) {
      if (isThere) args.push(current);
      current = '';
      isThere = false;
    } else {
      current += line[index];
      isThere = true;
    }
  }
  return isThere ? [...args, current] : args;
}

describe('on Windows', () => {
  it('a file of every type of video and sound has the command, and no other file', async () => {
    await integrate('install', launcher, surroundings);
    for (const ending of ['.mp4', '.mkv', '.mov', '.mp3', '.flac']) {
      const verb = `SystemFileAssociations\\${ending}\\shell\\Playhead.Ask`;
      expect(keys.get(verb)).toMatchObject({ '': 'Ask about this video', Icon: `"${program}",0` });
      expect(keys.get(`${ending}\\OpenWithProgids`)).toEqual({ 'Playhead.Media': '' });
    }
    expect([...keys.keys()].filter((key) => /\.(txt|srt|png|exe)\b/.test(key))).toEqual([
      'Applications\\Playhead.exe',
      'Applications\\Playhead.exe\\SupportedTypes',
    ]);
    expect(keys.get('playhead')).toEqual({ '': 'URL:Playhead', 'URL Protocol': '' });
  });

  it.each([
    'C:\\Films\\a film.mp4',
    "C:\\Films\\it's 100% (a & b); 🏖️.mp4",
    'C:\\Films\\--odd.mp4',
    '\\\\nas\\share\\film.mp4',
  ])('the command starts the program with the file as it is: %s', async (film) => {
    await integrate('install', launcher, surroundings);
    const command = keys.get('SystemFileAssociations\\.mp4\\shell\\Playhead.Ask\\command')?.[''] ?? '';
    const [started, ...args] = argumentsOf(command.replace('%1', () => film));
    expect(started).toBe(program);
    expect(args).toEqual(['--', film]);
    if (film.startsWith('\\\\')) expect(readOutside(args, '/')).toEqual([{ kind: 'file', path: film }]);
  });

  it('a link that breaks out of its quotes still opens nothing but a link, and names no file', async () => {
    await integrate('install', launcher, surroundings);
    const command = keys.get('playhead\\shell\\open\\command')?.[''] ?? '';
    const link = 'playhead://ask?path=C:\\a.mp4" --inspect=1 "C:\\secret';
    const [, ...args] = argumentsOf(command.replace('%1', () => link));
    expect(args[0]).toBe('--');
    expect(readOutside(args, '/').map(({ kind }) => kind)).toEqual(['link']);
  });

  it('removal leaves what was there before, and nothing of ours', async () => {
    await surroundings.registry.write([
      { key: 'SystemFileAssociations\\.mp4\\shell\\Other\\command', values: { '': 'other.exe' } },
      { key: '.mp4', values: { '': 'WMP.File' } },
      { key: '.mkv\\OpenWithProgids', values: { 'VLC.mkv': '' } },
    ]);
    const before = structuredClone(keys);
    expect((await integrate('install', launcher, surroundings)).state).toBe('installed');
    const moved = { command: ['D:\\Playhead.exe'], icon: '' };
    expect((await integrate('status', moved, surroundings)).state).toBe('outdated');
    expect((await integrate('remove', launcher, surroundings)).state).toBe('absent');
    expect(keys).toEqual(before);
  });
});

it('a file for the registry is in its own format, with every sign escaped', () => {
  const key: PlannedKey = { key: 'playhead', values: { '': 'a "b" \\c', Icon: 'é 🏖️' } };
  const file = regFile([key]);
  expect([file[0], file[1]]).toEqual([0xff, 0xfe]);
  expect(file.toString('utf16le').slice(1)).toBe(
    'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\Classes\\playhead]\r\n@="a \\"b\\" \\\\c"\r\n"Icon"="é 🏖️"\r\n',
  );
});

it('what reg prints is read: values, the key’s own value in any language, keys below', () => {
  const printed = [
    '',
    'HKEY_CURRENT_USER\\Software\\Classes\\playhead',
    '    (Standard)    REG_SZ    URL:Playhead',
    '    URL Protocol    REG_SZ    ',
    '    FriendlyTypeName    REG_SZ    Video or sound',
    '',
    'HKEY_CURRENT_USER\\Software\\Classes\\playhead\\shell',
  ].join('\r\n');
  expect(readQuery('playhead', printed)).toEqual({
    values: { '': 'URL:Playhead', 'URL Protocol': '', FriendlyTypeName: 'Video or sound' },
    hasKeysBelow: true,
  });
  expect(readQuery('x', '\r\nHKEY_CURRENT_USER\\Software\\Classes\\x\r\n').hasKeysBelow).toBe(false);
});

it('a command line is read back as it was meant', () => {
  const parts = ['C:\\a b\\', 'x"y', '\\\\nas\\share', 'c\\"d', ''];
  expect(argumentsOf(commandLine(parts))).toEqual(parts);
});
