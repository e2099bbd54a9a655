import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, packagedParts } from '../../../tools/house/packagedFiles.mjs';

const repository = join(import.meta.dirname, '..', '..', '..');
const isBuilt = existsSync(join(repository, 'out', 'main', 'cli.js'));
if (!isBuilt) console.log('The packaged app is not tested: there is no build ("npm run build" makes one).');

describe.skipIf(!isBuilt)('a packaged app', () => {
  const app = mkdtempSync(join(tmpdir(), 'playhead-packaged-'));
  afterAll(() => rmSync(app, { recursive: true, force: true }));
  beforeAll(() => {
    for (const { files } of packagedParts(repository)) {
      for (const { path } of files) {
        mkdirSync(dirname(join(app, path)), { recursive: true });
        cpSync(join(repository, path), join(app, path));
      }
    }
  });

  const run = (...args: string[]) => {
    const env = {
      ...process.env,
      XDG_CACHE_HOME: join(app, 'cache'),
      PATH: '',
      PLAYHEAD_FFMPEG: '',
      PLAYHEAD_FFPROBE: '',
    };
    const cli = join(app, 'out', 'main', 'cli.js');
    const options = { env, encoding: 'utf8', cwd: app } as const;
    return spawnSync(process.execPath, [cli, ...args, '--library', join(app, 'library')], options);
  };

  it('holds all that it takes to see, read and find what is in a film and in pictures of every sort', () => {
    const fixtures = join(repository, 'tests', 'fixtures');
    const files = ['recognise/cat-then-title.mp4', 'media/tiled.heic', 'media/tiled-turned.avif', 'media/enc-gbk.srt'];
    const media = join(app, 'films');
    mkdirSync(media);
    for (const file of files) cpSync(join(fixtures, file), join(media, file.split('/').at(-1) as string));
    cpSync(join(fixtures, 'media/enc-gbk.srt'), join(media, 'cat-then-title.srt'));
    const indexed = run('index', media);
    expect(indexed.stderr).not.toMatch(/Cannot find|not recognised|not read/);
    expect(indexed.status, indexed.stderr).toBe(0);
    expect(run('search', 'Bakery', '--json').stdout).toContain('on Elm Street');
    expect(run('search', 'cat', '--json').stdout).toContain('cat-then-title.mp4');
  });

  it('carries the programs of one system alone', () => {
    const files = packagedParts(repository).flatMap((part) => part.files);
    const native = files.filter(({ path }) => /\.(node|dll|dylib|so)(\.|$)/.test(path)).map(({ path }) => path);
    expect(native.length).toBeGreaterThan(2);
    const strangers = ['darwin', 'win32', 'linux'].filter((platform) => platform !== process.platform);
    expect(native.filter((path) => strangers.some((platform) => path.includes(platform)))).toEqual([]);
    expect(bytesOf(files)).toBeLessThan(400e6);
  });
});
