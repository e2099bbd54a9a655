import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/**
 * Cores that can compute at the same time: two threads of one core share its arithmetic, and a second one only gets
 * in the way of matrix products. Never more than this process may use.
 */
export function physicalCores(): number {
  const usable = availableParallelism();
  if (process.platform === 'linux') return Math.min(usable, linuxCores() ?? usable);
  // Apple's own chips have one thread a core; elsewhere two are the rule.
  const threadsPerCore = process.platform === 'darwin' && process.arch === 'arm64' ? 1 : 2;
  return Math.max(1, Math.ceil(usable / threadsPerCore));
}

/** Distinct (physical id, core id) pairs of /proc/cpuinfo; null where it does not name them (ARM). */
function linuxCores(): number | null {
  try {
    const cores = new Set<string>();
    for (const processor of readFileSync('/proc/cpuinfo', 'utf8').split('\n\n')) {
      const core = /^core id\s*: (\d+)/m.exec(processor)?.[1];
      if (core !== undefined) cores.add(`${/^physical id\s*: (\d+)/m.exec(processor)?.[1]}:${core}`);
    }
    return cores.size > 0 ? cores.size : null;
  } catch {
    return null;
  }
}
