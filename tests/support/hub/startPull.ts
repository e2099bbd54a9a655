/** A pull in a process of its own, as it tells of itself. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ErrorInfo } from '../../../src/contract/index.ts';

/** What every pull of the tests is given. */
export const token = 'hf_nobody_else_may_see_this';

export interface PullLine {
  stage?: string;
  bytesDone?: number;
  folder?: string;
  error?: ErrorInfo;
}

export interface StartedPull {
  lines: PullLine[];
  kill(): void;
  /** The last line; null where it was killed before it had one. */
  ended: Promise<PullLine | null>;
}

/** @param within a program with its arguments that starts another one: ["unshare", "-rm", …]; none when left out */
export function startPull(
  given: { endpoint: string; downloads: string; bytesPerSecond?: number; fillsDisk?: boolean },
  onLine: (line: PullLine) => void = () => {},
  within: readonly string[] = [],
): StartedPull {
  const { endpoint, downloads, bytesPerSecond, fillsDisk } = given;
  const program = join(import.meta.dirname, 'pullProcess.ts');
  const pace = bytesPerSecond === undefined ? [] : [String(bytesPerSecond)];
  const [command = '', ...rest] = [...within, process.execPath, program, endpoint, downloads, ...pace];
  const child = spawn(command, rest, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1', TEST_FILLS_DISK: fillsDisk ? 'yes' : '', TEST_TOKEN: token },
  });
  const lines: PullLine[] = [];
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as PullLine;
    lines.push(line);
    onLine(line);
  });
  const ended = new Promise<PullLine | null>((resolve) => {
    child.on('close', () => resolve(lines.find(({ folder, error }) => folder ?? error) ?? null));
  });
  return { lines, kill: () => void child.kill('SIGKILL'), ended };
}
