/** What goes wrong while a model is fetched, kind by kind, and how each has to end; which ones, a seed says. */
import type { ErrorCode } from '../../../src/contract/index.ts';
import type { HubFault } from './hubFaults.ts';

export interface FaultCase {
  /** In words, for the test's name and the list of those that are run. */
  name: string;
  faults: HubFault[];
  /** How often the fetching process is killed, each time a little further on, and started anew. */
  kills: number;
  /** Whole (a bundle like the one that passes parity), or the code of the one sentence. */
  end: 'whole' | ErrorCode;
  /** What the person does after that sentence: the same again, with a server that is well. */
  thenWhole: boolean;
}

interface Kind {
  name: string;
  end: FaultCase['end'];
  kills?: true;
  faults(random: () => number): HubFault[];
}

const often = (random: () => number) => 1 + Math.floor(random() * 3);
const always = 999;
const step = (random: () => number, ...steps: HubFault['step'][]) =>
  steps[Math.floor(random() * steps.length)] as HubFault['step'];

export const faultKinds: Kind[] = [
  { name: 'cut', end: 'whole', faults: (r) => [{ kind: 'cut', step: 'blob', times: often(r), at: r() }] },
  { name: 'cut every time', end: 'unreachable', faults: () => [{ kind: 'cut', step: 'blob', times: always, at: 0 }] },
  {
    name: 'reset',
    end: 'whole',
    faults: (r) => [{ kind: 'reset', step: step(r, 'list', 'resolve', 'blob'), times: often(r) }],
  },
  { name: 'slow', end: 'whole', faults: (r) => [{ kind: 'slow', step: 'blob', times: often(r) }] },
  {
    name: 'wrong bytes',
    end: 'download-damaged',
    faults: (r) => [{ kind: 'wrongBytes', step: 'blob', times: 1, at: r() }],
  },
  { name: 'changed file', end: 'download-changed', faults: () => [{ kind: 'changedFile', step: 'blob', times: 1 }] },
  {
    name: 'range that is ignored',
    end: 'whole',
    faults: (r) => [
      { kind: 'cut', step: 'blob', times: 1, at: 0.2 + 0.6 * r() },
      { kind: 'ignoredRange', step: 'blob', times: 1 },
    ],
  },
  {
    name: '401',
    end: 'token-needed',
    faults: (r) => [{ kind: 'unauthorised', step: step(r, 'list', 'resolve'), times: always }],
  },
  { name: '403', end: 'terms-needed', faults: () => [{ kind: 'forbidden', step: 'resolve', times: always }] },
  {
    name: '404',
    end: 'not-found',
    faults: (r) => [{ kind: 'missing', step: step(r, 'list', 'resolve'), times: always }],
  },
  { name: '416', end: 'download-changed', faults: () => [{ kind: 'badRange', step: 'blob', times: always }] },
  {
    name: '429 with Retry-After',
    end: 'whole',
    faults: (r) => [{ kind: 'tooMany', step: step(r, 'list', 'resolve'), times: often(r) }],
  },
  {
    name: '429 with RateLimit',
    end: 'whole',
    faults: (r) => [{ kind: 'tooManyByRate', step: 'resolve', times: often(r) }],
  },
  {
    name: '429 for a day',
    end: 'rate-limited',
    faults: (r) => [{ kind: 'tooManyForLong', step: step(r, 'list', 'resolve'), times: always }],
  },
  {
    name: '503',
    end: 'whole',
    faults: (r) => [{ kind: 'broken', step: step(r, 'list', 'resolve', 'blob'), times: often(r) }],
  },
  {
    name: '503 every time',
    end: 'unreachable',
    faults: (r) => [{ kind: 'broken', step: step(r, 'resolve', 'blob'), times: always }],
  },
  { name: 'killed', end: 'whole', kills: true, faults: () => [{ kind: 'slow', step: 'blob', times: always }] },
  {
    name: 'killed between cuts',
    end: 'whole',
    kills: true,
    faults: (r) => [
      { kind: 'cut', step: 'blob', times: 1, at: r() },
      { kind: 'slow', step: 'blob', times: always },
    ],
  },
];

/** Every kind `each` times. The same seed gives the same cases. */
export function faultCases(seed: number, each: number): FaultCase[] {
  const random = randomFrom(seed);
  return Array.from({ length: each }, (_, round) =>
    faultKinds.map(({ name, end, kills, faults }) => ({
      name: `${name}, ${round + 1}`,
      faults: faults(random),
      kills: kills ? 1 + Math.floor(random() * 3) : 0,
      end,
      thenWhole: end !== 'whole',
    })),
  ).flat();
}

/** mulberry32: numbers from 0 to 1. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
