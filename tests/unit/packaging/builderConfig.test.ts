import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builderConfig } from '../../../tools/packaging/builderConfig.ts';
import { builderFuses, fuses } from '../../../tools/packaging/fuses.ts';
import { makeElectron } from './makeElectron.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const config = (env: NodeJS.ProcessEnv = {}) => builderConfig({ repository, output: '/dist' }, '45.0.0', env);

describe('a package', () => {
  it('cannot look for new versions unless it is made with an address', () => {
    expect(config().publish).toBeNull();
    expect(config({ PLAYHEAD_UPDATES_URL: 'https://example.org/' }).publish).toEqual([
      { provider: 'generic', url: 'https://example.org/' },
    ]);
  });

  it('is signed where there are keys, and only then', () => {
    expect(config().mac).toMatchObject({ identity: null, hardenedRuntime: false, notarize: false });
    expect(config({ CSC_LINK: 'key.p12' }).mac).toMatchObject({
      identity: undefined,
      hardenedRuntime: true,
      notarize: false,
    });
    expect(config({ CSC_LINK: 'key.p12', APPLE_ID: 'you@example.org' }).mac.notarize).toBe(true);
    expect(existsSync(config().mac.entitlements)).toBe(true);
  });

  it('is offered for every type of video and sound, and takes no type for itself', () => {
    const { linux, mac, win } = config();
    expect(linux.mimeTypes).toEqual(expect.arrayContaining(['video/mp4', 'audio/mpeg', 'x-scheme-handler/playhead']));
    expect(mac.fileAssociations.every(({ rank, role }) => rank === 'Alternate' && role === 'Viewer')).toBe(true);
    expect(mac.fileAssociations.flatMap(({ ext }) => ext)).toEqual(expect.arrayContaining(['mp4', 'mkv', 'mp3']));
    expect(win).not.toHaveProperty('fileAssociations');
  });

  it('leaves the library where it is when it is renewed or removed', () => {
    expect(config().nsis).toMatchObject({ perMachine: false, deleteAppDataOnUninstall: false });
  });

  it('has an icon from which every size is made', () => {
    const png = readFileSync(join(config().directories.buildResources, 'icon.png'));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1024, 1024]);
    const icon = (path: string) => readFileSync(join(repository, path), 'utf8');
    expect(icon('resources/icon.svg')).toBe(icon('src/renderer/icon.svg'));
  });
});

describe('the fuses', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'playhead-fuses-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are set in a binary as they are meant, by the program that sets them in Electron’s', async () => {
    const binary = join(folder, 'electron');
    writeFileSync(binary, makeElectron());
    const wanted = Object.fromEntries(
      Object.entries(fuses).map(([name, isOn]) => [FuseV1Options[name as keyof typeof fuses], isOn]),
    );
    await flipFuses(binary, { version: FuseVersion.V1, ...wanted });
    const wire = (await getCurrentFuseWire(binary)) as unknown as Record<number, FuseState>;
    for (const [name, isOn] of Object.entries(fuses)) {
      expect(wire[FuseV1Options[name as keyof typeof fuses]], name).toBe(isOn ? FuseState.ENABLE : FuseState.DISABLE);
    }
    expect(fuses).toMatchObject({ RunAsNode: false, EnableNodeCliInspectArguments: false, OnlyLoadAppFromAsar: true });
  });

  it('have the names by which electron-builder knows them', () => {
    expect(Object.keys(builderFuses())).toEqual(
      expect.arrayContaining(['runAsNode', 'onlyLoadAppFromAsar', 'enableCookieEncryption']),
    );
  });
});
