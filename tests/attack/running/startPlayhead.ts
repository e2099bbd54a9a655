/** Playhead as a person runs it in a browser: the shell's own program, in a process of its own, and a client. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import type { PlayheadClient } from '../../../src/contract/index.ts';
import { openClient } from './openClient.ts';
import { killHard, processesWith, treeOf } from './processes.ts';

const shell = join(import.meta.dirname, '..', '..', '..', 'src', 'main', 'shells', 'server', 'index.ts');
/** Names the processes of one start in their environment. */
const markName = 'PLAYHEAD_ATTACK';

export interface StartOptions {
  library: string;
  /** In place of the browser shell: it takes the same flags, and prints its address in the same way. */
  program?: string;
  /** For Node itself. */
  nodeFlags?: string[];
  env?: Record<string, string>;
}

export class RunningPlayhead {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  /** The printed address; rejects when the program ends before it prints one. */
  readonly address: Promise<string>;
  /** A client that is let in; rejects when the program ends before that. */
  readonly client: Promise<PlayheadClient>;
  readonly #mark = randomUUID();
  #complaints = '';

  constructor({ library, program = shell, nodeFlags = [], env = {} }: StartOptions) {
    this.child = spawn(process.execPath, [...nodeFlags, program, '--json', '--library', library], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env, [markName]: this.#mark },
      detached: true,
    });
    this.ended = once(this.child, 'close');
    this.child.stderr?.on('data', (chunk) => {
      this.#complaints += chunk;
    });
    const printed = once(this.child.stdout as NodeJS.ReadableStream, 'data');
    this.address = Promise.race([printed, this.ended.then(() => null)]).then((lines) => {
      if (lines === null) throw new Error(`it ended before it was open: ${this.#complaints}`);
      return JSON.parse(String(lines).split('\n')[0] as string).address;
    });
    this.client = this.address.then(openClient);
    this.address.catch(() => {});
    this.client.catch(() => {});
  }

  /** Everything that it has printed on stderr. */
  get complaints(): string {
    return this.#complaints;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** The program itself and all that it started. */
  tree(): Promise<number[]> {
    return treeOf(this.child.pid as number);
  }

  /** As a person ends it. Gives the exit code, and the processes that outlive it by a second. */
  async stop(): Promise<{ code: number | null; left: number[] }> {
    this.child.kill('SIGTERM');
    await this.ended;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return { code: this.child.exitCode, left: await processesWith(markName, this.#mark) };
  }

  /** Leaves nothing behind, whatever it did. */
  async end(): Promise<void> {
    if (this.isRunning) killHard(this.child.pid as number);
    for (const pid of await processesWith(markName, this.#mark)) killHard(pid);
  }
}
