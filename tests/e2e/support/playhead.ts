/** The built program, started as a person starts it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = (name: string) => join(import.meta.dirname, '..', '..', '..', 'out', 'main', `${name}.js`);

export interface RunningPlayhead {
  /** With its token. */
  address: string;
  origin: string;
  library: string;
  /** As a power cut ends it: at once, without a word. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the browser shell on a library of its own, or on a given one. */
export async function startPlayhead(library?: string): Promise<RunningPlayhead> {
  const folder = library ?? (await mkdtemp(join(tmpdir(), 'playhead-e2e-')));
  const child = spawn(process.execPath, [program('server'), '--json', '--library', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const address = await addressOf(child);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  return {
    address,
    origin: new URL(address).origin,
    library: folder,
    kill: () => end('SIGKILL'),
    close: async () => {
      await end('SIGTERM');
      if (!library) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function addressOf(child: ChildProcess): Promise<string> {
  let printed = '';
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk);
    const line = printed.split('\n')[0];
    if (printed.includes('\n') && line) return (JSON.parse(line) as { address: string }).address;
  }
  throw new Error(`Playhead did not start: ${printed}`);
}

export interface CommandResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** `playhead <args…>` in a terminal. */
export function playhead(...args: string[]): CommandResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program('cli'), ...args], { encoding: 'utf8' });
  return { exitCode: status, stdout, stderr };
}
