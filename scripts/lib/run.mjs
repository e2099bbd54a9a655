/** Programs that the set-up runs, and what it says on the way. */
import { spawnSync } from 'node:child_process';
import { projectFolder } from './nodeBinary.mjs';

/**
 * Runs a program, all of its output on stderr: stdout belongs to the command that was asked for (`--json`).
 * Ends this process with its exit code when it fails.
 */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: projectFolder,
    stdio: ['inherit', process.stderr.fd, 'inherit'],
    ...options,
  });
  if (result.error) fail(`${command} could not be started: ${result.error.message}`);
  if (result.status !== 0) process.exit(result.status ?? 1);
}

export function say(text) {
  process.stderr.write(`playhead: ${text}\n`);
}

/** Runs npm under the Node that runs now. */
export function npm(args, options = {}) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) run(process.execPath, [cli, ...args], options);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { ...options, shell: process.platform === 'win32' });
}

/** Says why the set-up cannot go on, and ends. */
export function fail(text) {
  say(text);
  process.exit(1);
}
