/** The built program, started as a person starts it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = (name: string) => join(import.meta.dirname, '..', '..', 'out', 'main', `${name}.js`);

export interface RunningPlayhead {
  /** With a one-time code: the newest one that was printed, which no window has used yet. */
  readonly address: string;
  origin: string;
  library: string;
  /** As a power cut ends it: at once, without a word. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the browser shell on a library of its own, or on a given one. @param env beside this process's own */
export async function startPlayhead(library?: string, env: NodeJS.ProcessEnv = {}): Promise<RunningPlayhead> {
  const folder = library ?? (await mkdtemp(join(tmpdir(), 'playhead-e2e-')));
  const child = spawn(process.execPath, [program('server'), '--json', '--library', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const addresses = await listenForAddresses(child);
  const latest = () => addresses.at(-1) as string;
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  return {
    get address() {
      return latest();
    },
    origin: new URL(latest()).origin,
    library: folder,
    kill: () => end('SIGKILL'),
    close: async () => {
      await end('SIGTERM');
      if (!library) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Every address that is printed, from the first one on: a new one each time one was used. */
function listenForAddresses(child: ChildProcess): Promise<string[]> {
  const addresses: string[] = [];
  let printed = '';
  return new Promise((resolve, reject) => {
    child.on('exit', () => reject(new Error(`Playhead did not start: ${printed}`)));
    child.stdout?.on('data', (chunk) => {
      printed += String(chunk);
      const lines = printed.split('\n').slice(0, -1);
      for (const line of lines.slice(addresses.length))
        addresses.push((JSON.parse(line) as { address: string }).address);
      if (addresses.length > 0) resolve(addresses);
    });
  });
}

export interface CommandResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** As {@link playhead}, with what it prints piped into another program of the shell. */
export function playheadInto(reader: string, ...args: string[]): CommandResult {
  const command = `"$@" | ${reader}`;
  const whole = ['-c', command, 'sh', process.execPath, program('cli'), ...args];
  const { status, stdout, stderr } = spawnSync('sh', whole, { encoding: 'utf8' });
  return { exitCode: status, stdout, stderr };
}

/** `playhead <args…>` in a terminal. */
export function playhead(...args: string[]): CommandResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program('cli'), ...args], { encoding: 'utf8' });
  return { exitCode: status, stdout, stderr };
}
