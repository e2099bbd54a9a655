/** The processes of this machine, as Linux lists them: what a program started, and what is left of it. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

/** Elsewhere the attacks that end processes are passed over, aloud. */
export const canListProcesses = existsSync('/proc/self/stat');

/**
 * `pid` and everything that it started, itself first. Helpers have sessions of their own, so groups say nothing, and
 * once a parent is gone nothing tells whose they were: ask before anything is killed.
 */
export async function treeOf(pid: number): Promise<number[]> {
  const parents = await Promise.all((await allProcesses()).map(async (one) => [one, await parentOf(one)] as const));
  const tree = [pid];
  for (const known of tree) tree.push(...parents.filter(([, parent]) => parent === known).map(([child]) => child));
  return tree;
}

/** Processes that were started with `name=value` in their environment. */
export async function processesWith(name: string, value: string): Promise<number[]> {
  const wanted = `${name}=${value}`;
  const found = await Promise.all(
    (await allProcesses()).map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      return environment.split('\0').includes(wanted) && (await isAlive(pid)) ? [pid] : [];
    }),
  );
  return found.flat();
}

export function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

async function allProcesses(): Promise<number[]> {
  return (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
}

/** What follows the name, which may hold blanks and brackets: state, parent, … */
async function fieldsOf(pid: number): Promise<string[]> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return line.slice(line.lastIndexOf(')') + 2).split(' ');
}

async function parentOf(pid: number): Promise<number> {
  return Number((await fieldsOf(pid))[1]);
}

async function isAlive(pid: number): Promise<boolean> {
  return !['Z', 'X', undefined, ''].includes((await fieldsOf(pid))[0]);
}
