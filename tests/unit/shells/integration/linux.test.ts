/** What is written on Linux, read by the system's own programs where they are there, and started by them. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { execLine } from '../../../../src/main/shells/shared/integration/desktopEntry.ts';
import { shellCommand } from '../../../../src/main/shells/shared/integration/linux.ts';
import { integrate, type Surroundings } from '../../../../src/main/shells/shared/integration/systemIntegration.ts';
import { readOutside } from '../../../../src/main/shells/shared/readOutside.ts';

let home: string;
let data: string;
let surroundings: Surroundings;
/** A program that notes its arguments, in a folder whose name holds every sign that a shell or an entry reads (Node starts from none with a backslash). */
let recorder: string;
let noted: string;
const launcher = () => ({ command: [process.execPath, recorder], icon: readFileSync('resources/icon.svg', 'utf8') });

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'playhead-integration-'));
  data = join(home, 'data');
  const folder = join(home, `odd 'one' "two" $HOME \`id\` 100%; & 🏖️`);
  mkdirSync(folder);
  recorder = join(folder, 'record.mjs');
  noted = join(home, 'noted.json');
  writeFileSync(
    recorder,
    `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(noted)}, JSON.stringify(process.argv.slice(2)));`,
  );
  const none = async () => null;
  const registry = {
    write: none,
    read: none,
    removeValue: none,
    removeKey: none,
  } as unknown as Surroundings['registry'];
  surroundings = { platform: 'linux', home, env: { XDG_DATA_HOME: data }, registry };
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const oddFilm = () => {
  const film = join(home, `it's a “film” "x" $1 \`y\` 50% (a&b); 🏖️.mp4`);
  writeFileSync(film, '');
  return film;
};
const env = () => ({
  PATH: process.env.PATH,
  HOME: home,
  XDG_DATA_HOME: data,
  XDG_DATA_DIRS: '/usr/share',
  XDG_CONFIG_HOME: join(home, 'config'),
});
const run = (program: string, ...args: string[]) => spawnSync(program, args, { encoding: 'utf8', env: env() });
const has = (program: string) => spawnSync('which', [program]).status === 0;
/** The system's own program, or the test is skipped aloud. */
const withProgram = (...programs: string[]) => it.skipIf(process.platform !== 'linux' || !programs.every(has));
const files = () =>
  globSync('**/*', { cwd: data })
    .filter((name) => statSync(join(data, name)).isFile())
    .sort();
const started = () =>
  vi.waitFor(() => JSON.parse(readFileSync(noted, 'utf8')) as string[], { timeout: 60_000, interval: 50 });

describe('on Linux', () => {
  it('installing writes the app, its icon and the menus of three file managers; status and removal know them', async () => {
    expect((await integrate('status', launcher(), surroundings)).state).toBe('absent');
    expect((await integrate('install', launcher(), surroundings)).state).toBe('installed');
    expect(files().filter((name) => !name.endsWith('mimeinfo.cache'))).toEqual([
      'applications/playhead.desktop',
      'icons/hicolor/scalable/apps/playhead.svg',
      'kio/servicemenus/playhead-ask.desktop',
      'nautilus/scripts/Ask about this video',
      'nemo/actions/playhead-ask.nemo_action',
    ]);
    const moved = { ...launcher(), command: ['/other/playhead'] };
    expect((await integrate('status', moved, surroundings)).state).toBe('outdated');
    expect((await integrate('remove', moved, surroundings)).state).toBe('absent');
    expect(existsSync(data) ? globSync('**/*', { cwd: data }) : []).toEqual([]);
  });

  it('removal leaves what is of somebody else: files, folders, and a file of the same name', async () => {
    mkdirSync(join(data, 'applications'), { recursive: true });
    writeFileSync(
      join(data, 'applications', 'other.desktop'),
      '[Desktop Entry]\nType=Application\nName=x\nExec=x\nMimeType=video/mp4;\n',
    );
    await integrate('install', launcher(), surroundings);
    await integrate('remove', launcher(), surroundings);
    expect(files().filter((name) => !name.endsWith('mimeinfo.cache'))).toEqual(['applications/other.desktop']);

    writeFileSync(join(data, 'applications', 'playhead.desktop'), '[Desktop Entry]\nName=mine\n');
    await expect(integrate('install', launcher(), surroundings)).rejects.toMatchObject({ code: 'invalid-input' });
    await integrate('remove', launcher(), surroundings);
    expect(readFileSync(join(data, 'applications', 'playhead.desktop'), 'utf8')).toContain('mine');
  });

  withProgram('desktop-file-validate')('desktop-file-validate has nothing to say against the app’s entry', async () => {
    await integrate('install', launcher(), surroundings);
    const { status, stdout } = run('desktop-file-validate', join(data, 'applications', 'playhead.desktop'));
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  withProgram(
    'gio',
    'xdg-mime',
    'update-desktop-database',
  )('gio and xdg-mime know it for video, sound and links, and forget it', async () => {
    await integrate('install', launcher(), surroundings);
    for (const type of ['video/mp4', 'video/x-matroska', 'audio/mpeg', 'audio/x-flac', 'x-scheme-handler/playhead']) {
      expect(run('gio', 'mime', type).stdout, type).toContain('playhead.desktop');
    }
    expect(run('xdg-mime', 'query', 'default', 'x-scheme-handler/playhead').stdout.trim()).toBe('playhead.desktop');
    expect(run('gio', 'mime', 'application/pdf').stdout).not.toContain('playhead');
    await integrate('remove', launcher(), surroundings);
    expect(run('gio', 'mime', 'video/mp4').stdout).not.toContain('playhead');
    expect(run('xdg-mime', 'query', 'default', 'x-scheme-handler/playhead').stdout.trim()).toBe('');
  });

  withProgram('gio')('gio starts the program with the file, whatever both are called', async () => {
    await integrate('install', launcher(), surroundings);
    const film = oddFilm();
    run('gio', 'launch', join(data, 'applications', 'playhead.desktop'), film);
    expect(readOutside(await started(), '/')).toEqual([{ kind: 'file', path: film }]);
  });

  withProgram('gio')('gio starts the program with a link as it is', async () => {
    await integrate('install', launcher(), surroundings);
    const link = 'playhead://ask?path=%2Fhome%2Fyou%2Fa%20b.mp4&start=2';
    run('gio', 'launch', join(data, 'applications', 'playhead.desktop'), link);
    expect(readOutside(await started(), '/')).toEqual([{ kind: 'link', link }]);
  });

  it.skipIf(process.platform === 'win32')(
    'the script for Nautilus starts the program once with all that was chosen, and does not wait for its end',
    async () => {
      // It notes its arguments, and runs on until there is a file of this name.
      const goOn = join(home, 'go on');
      appendFileSync(
        recorder,
        `;import { existsSync } from 'node:fs'; const timer = setInterval(() => existsSync(${JSON.stringify(goOn)}) && clearInterval(timer), 20);`,
      );
      await integrate('install', launcher(), surroundings);
      const films = [oddFilm(), join(home, 'two\nlines *?[a].mp4')];
      const script = join(data, 'nautilus', 'scripts', 'Ask about this video');
      expect(statSync(script).mode & 0o111).not.toBe(0);
      const chosen = films.map((film) => `${pathToFileURL(film).href}\n`).join('');
      const { status, stderr } = spawnSync(script, {
        env: { ...env(), NAUTILUS_SCRIPT_SELECTED_URIS: chosen },
        encoding: 'utf8',
      });
      expect(status, stderr).toBe(0);
      expect(readOutside(await started(), '/')).toEqual([{ kind: 'files', paths: films }]);
      writeFileSync(goOn, '');
    },
  );

  it.each(['rel/data', ''])('a folder of data that is no whole path counts for nothing: “%s”', async (folder) => {
    surroundings.env = { XDG_DATA_HOME: folder };
    const { places } = await integrate('status', launcher(), surroundings);
    for (const place of places) expect(place).toContain(join(home, '.local', 'share'));
  });

  it('what cannot be written is told by its name, and nothing of it stays after a removal', async () => {
    mkdirSync(data);
    writeFileSync(join(data, 'kio'), 'no folder');
    await expect(integrate('install', launcher(), surroundings)).rejects.toMatchObject({
      code: 'invalid-input',
      file: join(data, 'kio', 'servicemenus', 'playhead-ask.desktop'),
    });
    await integrate('remove', launcher(), surroundings);
    expect(files()).toEqual(['kio']);
  });

  it('the action for Nemo hands over an address, which stays one argument in quotes', async () => {
    await integrate('install', launcher(), surroundings);
    const action = readFileSync(join(data, 'nemo', 'actions', 'playhead-ask.nemo_action'), 'utf8');
    expect(action).toMatch(/^Exec=.* --ask %U$/m);
    expect(action).toContain('Quote=double');
    const film = oddFilm();
    const address = pathToFileURL(film).href;
    expect(address).not.toMatch(/["\\`\s]/);
    expect(readOutside(['--ask', address], '/')).toEqual([{ kind: 'file', path: film }]);
  });
});

it('a command line of an entry holds every sign but a line break', () => {
  expect(execLine(['/opt/play head/x', '--ask'], '%U')).toBe('"/opt/play head/x" --ask %U');
  expect(execLine(['/a%b'], '')).toBe('/a%%b');
  expect(execLine(['/a"b\\c$d`e'], '')).toBe('"/a\\\\"b\\\\\\\\c\\\\$d\\\\`e"');
  expect(() => execLine(['/a\nb'], '')).toThrow(/line break/);
});

it.skipIf(process.platform === 'win32')('a command line for a shell is read by it as it was meant', () => {
  const parts = [`it's`, 'a "b"', '$HOME', '`id`', '\\', '', '🏖️ x'];
  const { stdout } = spawnSync('sh', ['-c', `printf '%s\\0' ${shellCommand(parts)}`], { encoding: 'utf8' });
  expect(stdout.split('\0').slice(0, -1)).toEqual(parts);
});
