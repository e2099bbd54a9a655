/** electron-builder itself, fetched by name, over a made-up Electron: what it puts into the folder of the app. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, expect, it } from 'vitest';
import { fuses } from '../../tools/packaging/fuses.ts';
import { makeElectron } from '../unit/packaging/makeElectron.ts';

const repository = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'playhead-packages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.skipIf(process.platform !== 'linux')(
  'electron-builder puts archive, models and icons into the app, and sets its fuses',
  async () => {
    const electron = join(folder, 'electron');
    mkdirSync(join(electron, 'resources'), { recursive: true });
    const { version } = JSON.parse(readFileSync(join(repository, 'node_modules/electron/package.json'), 'utf8')) as {
      version: string;
    };
    writeFileSync(join(electron, 'electron'), makeElectron(), { mode: 0o755 });
    writeFileSync(join(electron, 'version'), `v${version}`);
    for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'chrome_crashpad_handler'])
      writeFileSync(join(electron, name), '');

    const output = join(folder, 'dist');
    const args = [join(repository, 'tools/packaging/package.ts'), '--dir', '--electron', electron, '--output', output];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: repository, encoding: 'utf8' });
    expect(status, `${stdout}\n${stderr}`).toBe(0);

    const app = join(output, 'linux-unpacked');
    expect(readdirSync(join(app, 'resources')).sort()).toEqual(['app.asar', 'app.asar.unpacked', 'resources']);
    const below = (root: string) => globSync('**/*', { cwd: root }).sort();
    expect(below(join(app, 'resources/app.asar.unpacked'))).toEqual(below(join(output, 'app/app.asar.unpacked')));
    expect(below(join(app, 'resources/resources'))).toEqual(below(join(repository, 'resources')));
    expect(existsSync(join(app, 'resources/app-update.yml'))).toBe(false);
    const wire = (await getCurrentFuseWire(join(app, 'playhead'))) as unknown as Record<number, FuseState>;
    for (const [name, isOn] of Object.entries(fuses)) {
      expect(wire[FuseV1Options[name as keyof typeof fuses]], name).toBe(isOn ? FuseState.ENABLE : FuseState.DISABLE);
    }
  },
);
