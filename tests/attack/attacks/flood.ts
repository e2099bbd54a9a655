/** A client works while others flood the server; a bare Node server gets the same flood, in turns, in the same run. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Attack } from '../attack.ts';
import { RunningPlayhead } from '../running/startPlayhead.ts';

const programs = join(import.meta.dirname, '..', 'programs');
/** Milliseconds by which the 99th percentile may be longer than a bare server's. */
const allowance = 20;

export interface FloodSize {
  halfOpen: number;
  /** For each server, in four windows. */
  requests: number;
}

export const flood: Attack = {
  name: 'a client beside 2,000 half-open connections and 2,500 raw requests',
  never: `its p99 is longer than a bare Node server's plus ${allowance} ms, or the server ends`,
  cases: 4,
  run: (seed) => compareServers(seed, { halfOpen: 2000, requests: 2500 }),
  control: (seed) => compareServers(seed, { halfOpen: 200, requests: 400 }, '--slow'),
  controlCases: 2,
};

/** One thing that a client asks, over and over. */
type Ask = () => Promise<unknown>;

/** @param slowly in place of Playhead, a server that works on each request for a while */
export async function compareServers(seed: number, size: FloodSize, slowly?: '--slow'): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-flood-'));
  const bare = startBare();
  const other = slowly ? startBare(slowly) : null;
  const playhead = new RunningPlayhead({ library: join(folder, 'library') });
  try {
    const bareAddress = await addressOf(bare);
    const address = other ? await addressOf(other) : await playhead.address;
    const client = await playhead.client;
    const asks: Ask[] = [() => get(address), ...(other ? [] : [() => client.call('listMedia', { limit: 5 })])];
    const times = { bare: [] as number[], ours: [] as number[] };
    const perWindow = { halfOpen: size.halfOpen, requests: Math.ceil(size.requests / 4) };
    for (let window = 0; window < 4; window++) {
      const flooding = { seed: seed * 10 + window, ...perWindow };
      times.bare.push(...(await timesUnderFlood(bareAddress, [() => get(bareAddress)], flooding)));
      times.ours.push(...(await timesUnderFlood(address, asks, flooding)));
    }
    const [ours, theirs] = [percentile(times.ours, 99), percentile(times.bare, 99)];
    const words = `p99 ${ours.toFixed(1)} ms of ${times.ours.length}, a bare server's ${theirs.toFixed(1)} ms of ${times.bare.length}`;
    if (process.env.PLAYHEAD_ATTACK_LOUD) console.log(words);
    if (!playhead.isRunning || playhead.complaints !== '') return `it complains: ${playhead.complaints.slice(0, 300)}`;
    return ours <= theirs + allowance ? null : words;
  } finally {
    for (const server of [bare, other]) server?.kill('SIGKILL');
    await playhead.end();
    await rm(folder, { recursive: true, force: true });
  }
}

function startBare(...flags: string[]): ChildProcess {
  return spawn(process.execPath, [join(programs, 'bareServer.ts'), ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function addressOf(server: ChildProcess): Promise<string> {
  const [line] = await once(server.stdout as NodeJS.ReadableStream, 'data');
  return JSON.parse(String(line)).address;
}

async function get(address: string): Promise<void> {
  await (await fetch(address)).text();
}

/** Milliseconds that each thing took that a client asked one after another, for as long as the flood lasts. */
async function timesUnderFlood(
  address: string,
  asks: readonly Ask[],
  { seed, halfOpen, requests }: FloodSize & { seed: number },
): Promise<number[]> {
  const numbers = [new URL(address).port, seed, halfOpen, requests].map(String);
  const flooding = spawn(process.execPath, [join(programs, 'flood.ts'), ...numbers], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(flooding, 'close');
  await once(flooding.stdout, 'data');
  const times: number[] = [];
  while (flooding.exitCode === null && flooding.signalCode === null) {
    for (const ask of asks) {
      const start = performance.now();
      await ask();
      times.push(performance.now() - start);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await ended;
  return times;
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.POSITIVE_INFINITY;
}
