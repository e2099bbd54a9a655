/** Runs one of Playhead's programs under a Node that is new enough, hands signals on, and ends as it ends. */
import { spawn } from 'node:child_process';
import { nodePath } from './nodeBinary.mjs';

export function launch(script, args, options = {}) {
  const child = spawn(nodePath(), ['--disable-warning=ExperimentalWarning', script, ...args], {
    stdio: 'inherit',
    ...options,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
  child.on('error', (error) => {
    process.stderr.write(`playhead: could not start: ${error.message}\n`);
    process.exit(1);
  });
}
