/** The set-up, on a small project of the same shape: its scripts, one package of its own, no network. */
import { execFile, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';

const repository = join(import.meta.dirname, '..', '..', '..');
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Its `eval` prints which Node runs it. */
function smallProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'playhead-setup-'));
  folders.push(folder);
  cpSync(join(repository, 'scripts', 'lib'), join(folder, 'scripts', 'lib'), { recursive: true });
  copyFileSync(join(repository, 'scripts', 'eval.mjs'), join(folder, 'scripts', 'eval.mjs'));
  mkdirSync(join(folder, 'tools'));
  writeFileSync(join(folder, 'tools', 'eval.ts'), 'console.log(process.execPath);\n');
  const own = { name: 'small', version: '1.0.0', type: 'module', dependencies: { part: 'file:part' } };
  writeJson(join(folder, 'package.json'), own);
  mkdirSync(join(folder, 'part'));
  writeJson(join(folder, 'part', 'package.json'), { name: 'part', version: '1.0.0' });
  writeJson(join(folder, 'package-lock.json'), {
    ...{ name: 'small', version: '1.0.0', lockfileVersion: 3, requires: true },
    packages: { '': own, part: { version: '1.0.0' }, 'node_modules/part': { resolved: 'part', link: true } },
  });
  return folder;
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, JSON.stringify(value));
}

/** As after a plain `npm ci`: the npm package `node` is there, and npm puts it first in PATH. */
function putNodeIntoModules(folder: string): string {
  const node = join(folder, 'node_modules', 'node', 'bin', 'node');
  mkdirSync(join(folder, 'node_modules', 'node', 'bin'), { recursive: true });
  mkdirSync(join(folder, 'node_modules', '.bin'));
  try {
    linkSync(process.execPath, node);
  } catch {
    copyFileSync(process.execPath, node);
  }
  symlinkSync(join('..', 'node', 'bin', 'node'), join(folder, 'node_modules', '.bin', 'node'));
  return join(folder, 'node_modules', '.bin');
}

function runEval(folder: string, node = process.execPath, env: NodeJS.ProcessEnv = process.env) {
  return promisify(execFile)(node, [join(folder, 'scripts', 'eval.mjs')], { cwd: folder, env });
}

test('a program that npx starts under the Node of node_modules survives the installation that replaces it', async () => {
  const folder = smallProject();
  const bin = putNodeIntoModules(folder);
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, npm_node_execpath: process.execPath };
  const { stdout, stderr } = await runEval(folder, join(bin, 'node'), env);
  expect(stderr).toContain('Installing packages');
  // Nothing but the program's own output is on stdout.
  expect(existsSync(stdout.trim()), stdout).toBe(true);
});

test('two set-ups at once install once, and both programs run', async () => {
  const folder = smallProject();
  const both = await Promise.all([runEval(folder), runEval(folder)]);
  expect(both.filter(({ stderr }) => stderr.includes('Installing packages'))).toHaveLength(1);
  for (const { stdout } of both) expect(stdout.trim()).not.toBe('');
  expect(existsSync(join(folder, '.playhead', 'setup.lock'))).toBe(false);
});

test('the lock of a set-up that was killed does not stop the next one', async () => {
  const folder = smallProject();
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  mkdirSync(join(folder, '.playhead'));
  writeFileSync(join(folder, '.playhead', 'setup.lock'), String(gone));
  expect((await runEval(folder)).stderr).toContain('Installing packages');
});

test('packages that npm install or npm ci has put there are not installed again', async () => {
  for (const command of ['ci', 'install']) {
    const folder = smallProject();
    spawnSync('npm', [command], { cwd: folder, shell: process.platform === 'win32' });
    expect((await runEval(folder)).stderr, command).not.toContain('Installing packages');
  }
});

test('a package that went missing, and packages of an older lock file, are installed again', async () => {
  const folder = smallProject();
  await runEval(folder);
  rmSync(join(folder, 'node_modules', 'part'));
  rmSync(join(folder, 'node_modules', '.playhead-installed'));
  expect((await runEval(folder)).stderr).toContain('Installing packages');
  expect(existsSync(join(folder, 'node_modules', 'part', 'package.json'))).toBe(true);
});

test('every program that npm links is executable in git', () => {
  const bins: Record<string, string> = JSON.parse(
    spawnSync('git', ['show', ':package.json'], { cwd: repository, encoding: 'utf8' }).stdout,
  ).bin;
  const { stdout } = spawnSync('git', ['ls-files', '--stage', ...Object.values(bins)], {
    cwd: repository,
    encoding: 'utf8',
  });
  expect(stdout.trim().split('\n')).toHaveLength(Object.keys(bins).length);
  for (const line of stdout.trim().split('\n')) expect(line).toMatch(/^100755 /);
});
