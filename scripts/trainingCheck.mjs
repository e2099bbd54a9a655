/**
 * npm run training:check: lint (ruff), types (mypy) and tests (pytest) of `training/`, in a virtual environment of its
 * own (`training/venv`), which is set up the first time and when the requirements change.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './lib/nodeBinary.mjs';
import { readArguments } from './lib/readArguments.mjs';
import { say } from './lib/run.mjs';

const usage = `Usage: npm run training:check
  Lint, types and tests of training/. It needs Python 3.11 or newer, ffmpeg, and a package index for the first time
  (PIP_INDEX_URL and PIP_EXTRA_INDEX_URL name another one; PYTHON names another Python).`;
readArguments(usage, { options: {} });

const training = join(projectFolder, 'training');
const venv = join(training, 'venv');
const bin = (name) => join(venv, process.platform === 'win32' ? 'Scripts' : 'bin', name);
const config = join(training, 'pyproject.toml');

setUp();
const checks = {
  lint: [bin('ruff'), 'check', '--config', config, training],
  types: [bin('mypy'), '--config-file', config, '-p', 'training'],
  tests: [bin('python'), '-m', 'pytest', '-q', '-c', config, join(training, 'tests')],
};
const failed = Object.entries(checks).filter(([name, command]) => {
  say(`${name} …`);
  return !runs(command);
});
say(failed.length === 0 ? 'all of training passes' : `FAILED: ${failed.map(([name]) => name).join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);

/** A venv that holds what the requirements name. */
function setUp() {
  const files = ['requirements.txt', 'requirements-dev.txt'].map((name) => readFileSync(join(training, name)));
  const wanted = createHash('sha256').update(Buffer.concat(files)).digest('hex');
  const stamp = join(venv, 'requirements.sha256');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('setting up training/venv …');
  const steps = [
    [process.env.PYTHON ?? (process.platform === 'win32' ? 'python' : 'python3'), '-m', 'venv', venv],
    [bin('python'), '-m', 'pip', 'install', '-q', '-r', join(training, 'requirements-dev.txt')],
  ];
  for (const step of steps)
    if (!runs(step)) {
      say(`FAILED: ${step.join(' ')}`);
      process.exit(1);
    }
  writeFileSync(stamp, wanted);
}

/** @returns true when the command ended well */
function runs([command, ...args]) {
  // The networks are tiny: more threads than cores of a busy machine only wait for each other.
  const env = { ...process.env, OMP_NUM_THREADS: process.env.OMP_NUM_THREADS ?? '1' };
  return spawnSync(command, args, { cwd: projectFolder, stdio: 'inherit', env }).status === 0;
}
