/**
 * npm run test:setup: `npm ci`, `npm install`, `npm start`, `npx playhead` and `npm test`, any two of them one after the
 * other, under every Node that can set Playhead up. On copies of what git tracks, up to the end of the set-up.
 * PLAYHEAD_SETUP_NODES=20,24 takes fewer Nodes. Needs the npm registry, or npm's cache of an earlier run; 1.3 GB of disk
 * at a time and about 25 minutes on two cores.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const repository = join(import.meta.dirname, '..', '..');
const nodes = (process.env.PLAYHEAD_SETUP_NODES ?? '20,22,24').split(',');
const commands: Record<string, string[]> = {
  'npm ci': ['npm', 'ci', '--no-audit', '--no-fund'],
  'npm install': ['npm', 'install', '--no-audit', '--no-fund'],
  'npm start': ['npm', 'start'],
  'npx playhead': ['npx', 'playhead', '--version'],
  'npm test': ['npm', 'test'],
};

/** Needs the packages and a current Node, and no build. */
const aProgram = { 'npm run eval': ['npm', 'run', 'eval', '--', '--help'] };

const temporary = mkdtempSync(join(tmpdir(), 'playhead-any-order-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

for (const version of nodes) {
  describe(`on Node ${version}`, () => {
    let node = '';
    beforeAll(() => {
      node = installNode(version);
    });
    for (const first of Object.keys(commands)) testPairs(first, () => node);
  });
}

/** Each pair on a copy of what the first command left; the copies share the packages' files by hard links. */
function testPairs(first: string, node: () => string): void {
  describe(`${first}, on a fresh copy`, () => {
    let after = '';
    beforeAll(() => {
      after = freshCopy();
      succeed(first, after, node());
    });
    afterAll(() => rmSync(after, { recursive: true, force: true }));
    for (const second of Object.keys(commands)) {
      test(`and then ${second} ends well, and a program of Playhead runs`, () => {
        const copy = linkedCopy(after);
        succeed(second, copy, node());
        const { stdout } = succeed('npm run eval', copy, node(), { PLAYHEAD_SETUP_ONLY: '' });
        expect(stdout).toContain('Usage: npm run eval');
        rmSync(copy, { recursive: true, force: true });
      });
    }
  });
}

/** The folder of a Node of that major version, from the npm package `node`; kept for the next run. */
function installNode(version: string): string {
  const folder = join(repository, '.playhead', 'nodes', version);
  const bin = join(folder, 'node_modules', 'node', 'bin');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(bin, 'node'))) run(['npm', 'install', '--prefix', folder, `node@${version}`], folder, {});
  const { stdout } = spawnSync(join(bin, 'node'), ['--version'], { encoding: 'utf8' });
  expect(stdout).toMatch(new RegExp(`^v${version}\\.`));
  return bin;
}

function freshCopy(): string {
  const copy = mkdtempSync(join(temporary, 'copy-'));
  const { status } = spawnSync('bash', ['-c', `git ls-files -z | tar c --null -T - | tar x -C '${copy}'`], {
    cwd: repository,
  });
  expect(status).toBe(0);
  return copy;
}

function linkedCopy(from: string): string {
  const copy = mkdtempSync(join(temporary, 'copy-'));
  expect(spawnSync('cp', ['-al', `${from}/.`, copy]).status).toBe(0);
  // What is written to in place must not be shared.
  for (const name of ['out', '.playhead', 'package-lock.json', 'node_modules/.package-lock.json']) {
    if (!existsSync(join(from, name))) continue;
    rmSync(join(copy, name), { recursive: true });
    cpSync(join(from, name), join(copy, name), { recursive: true, preserveTimestamps: true });
  }
  return copy;
}

function succeed(command: string, folder: string, nodeFolder: string, more: NodeJS.ProcessEnv = {}) {
  const env = { PLAYHEAD_SETUP_ONLY: '1', PATH: pathWith(nodeFolder), ...more };
  const result = run({ ...commands, ...aProgram }[command] as string[], folder, env);
  expect(result.status, `${command}\n${result.stdout}\n${result.stderr}`).toBe(0);
  return result;
}

/** npm as it is on this machine, under that Node; nothing of the Node that runs the tests. */
function pathWith(nodeFolder: string): string {
  const others = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return [nodeFolder, ...others].join(delimiter);
}

function run([command = '', ...args]: string[], cwd: string, more: NodeJS.ProcessEnv) {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD|NODE_|VITEST)/i.test(name));
  return spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...Object.fromEntries(own), npm_config_prefer_offline: 'true', ...more },
  });
}
