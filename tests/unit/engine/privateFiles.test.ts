/** Other accounts of this machine read nothing of the library. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { createEngine } from '../../../src/main/engine/createEngine.ts';
import { outsideProfileNotice } from '../../../src/main/engine/privateFiles.ts';
import { serve } from '../../../src/main/shells/server/serve.ts';
import { standInHosts } from '../../support/standInHosts.ts';

let folder: string;
const before = process.umask();

beforeEach(() => {
  process.umask(before);
  folder = mkdtempSync(join(tmpdir(), 'playhead-private-'));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function openLibrary(library: string): Promise<void> {
  const engine = await createEngine({
    version: 'test',
    libraryFolder: library,
    resourcesFolder: join(import.meta.dirname, '..', '..', '..', 'resources'),
    spawnHost: standInHosts(),
  });
  onTestFinished(() => engine.close());
  const server = await serve({ engine, ui: folder, port: 0, libraryFolder: library });
  onTestFinished(() => server.close());
}

/** Everything below a folder that others have any right to. */
function openToOthers(path: string): string[] {
  const info = statSync(path);
  const below = info.isDirectory() ? readdirSync(path).flatMap((name) => openToOthers(join(path, name))) : [];
  return (info.mode & 0o077) === 0 ? below : [path, ...below];
}

it.skipIf(process.platform === 'win32')(
  'a new library is closed to others, and one that was open is closed',
  async () => {
    const library = join(folder, 'library');
    await openLibrary(library);
    expect(openToOthers(library)).toEqual([]);
  },
);

it.skipIf(process.platform === 'win32')('a library that an earlier Playhead left readable is closed', async () => {
  const library = join(folder, 'older');
  await openLibrary(library);
  chmodSync(library, 0o755);
  chmodSync(join(library, 'library.sqlite'), 0o644);
  await import('../../../src/main/engine/privateFiles.ts').then(({ makePrivate }) => makePrivate(library));
  expect(openToOthers(library)).toEqual([]);
});

it.skipIf(process.platform === 'win32')('a folder of other things that a person chose is left as it is', async () => {
  writeFileSync(join(folder, 'other.txt'), 'of others');
  chmodSync(join(folder, 'other.txt'), 0o644);
  await openLibrary(folder);
  expect(statSync(join(folder, 'other.txt')).mode & 0o777).toBe(0o644);
  expect(statSync(join(folder, 'library.sqlite')).mode & 0o777).toBe(0o600);
});

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
if (!isRoot) console.warn('skipped: another account can only be tried by root');

it.skipIf(!isRoot)('another account of the machine reads no file of the library', async () => {
  const library = join(folder, 'library');
  await openLibrary(library);
  for (const name of ['library.sqlite', 'server.json', 'index.sqlite']) {
    const { status, stdout } = spawnSync('cat', [join(library, name)], { uid: 65534, gid: 65534 });
    expect({ name, status, read: String(stdout) }).toEqual({ name, status: 1, read: '' });
  }
});

it('on Windows, a library outside the profile is told so', () => {
  expect(outsideProfileNotice('D:\\videos', 'win32', 'C:\\Users\\anna')).toContain('other accounts');
  expect(outsideProfileNotice('/home/anna/library', 'linux', '/home/anna')).toBeNull();
});
