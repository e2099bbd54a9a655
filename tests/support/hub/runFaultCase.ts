/** One fault, to its end: what came is what the server has, byte for byte, or what is told is the one right sentence. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toErrorInfo } from '../../../src/contract/index.ts';
import { hubSource } from '../../../src/main/downloading/hubSource.ts';
import { pullModel } from '../../../src/main/downloading/pullModel.ts';
import type { FaultCase } from './faultCases.ts';
import type { LocalHub } from './localHub.ts';
import { type PullLine, startPull, token } from './startPull.ts';

const impatience = { tries: 4, firstPauseMs: 1, longestPauseMs: 20 };
const entry = { name: 'a model', repository: 'DAMO-NLP-SG/VideoLLaMA2.1-7B-AV', revision: null };

export interface FaultEnd {
  /** Whole, or the code of what was told. */
  end: string;
  /** After that, with a server that is well. */
  afterwards: string;
  /** Requests of the second host that brought the token along. */
  leaks: number;
  kills: number;
}

/** @param check is given the folder of a whole checkpoint. @throws what it throws */
export async function runFaultCase(
  hub: LocalHub,
  { faults, kills, thenWhole }: FaultCase,
  check: (folder: string) => Promise<void>,
): Promise<FaultEnd> {
  const downloads = await mkdtemp(join(tmpdir(), 'playhead-fault-'));
  hub.token = token;
  hub.requests.length = 0;
  hub.faults.splice(0, Number.POSITIVE_INFINITY, ...structuredClone(faults));
  const pull = async () => {
    const source = hubSource({ endpoint: hub.endpoint, token, fetch });
    const needs = { source, endpoint: hub.endpoint, downloads, patience: impatience };
    try {
      await check((await pullModel(entry, needs)).folder);
      return 'whole';
    } catch (thrown) {
      const { code, message } = toErrorInfo(thrown);
      return code === 'internal' ? message : code;
    }
  };
  try {
    let killed = 0;
    while (killed < kills && (await killOnTheWay(hub, downloads))) killed++;
    const end = await pull();
    hub.faults.length = 0;
    const afterwards = thenWhole ? await pull() : end;
    const leaks = hub.requests.filter(({ host, authorization }) => host === 'cdn' && authorization !== null).length;
    return { end, afterwards, leaks, kills: killed };
  } finally {
    await rm(downloads, { recursive: true, force: true });
  }
}

/** As soon as it has got further than it found. @returns false where it was done before */
async function killOnTheWay(hub: LocalHub, downloads: string): Promise<boolean> {
  let first: number | null = null;
  const started = startPull({ endpoint: hub.endpoint, downloads }, ({ stage, bytesDone = 0 }: PullLine) => {
    if (stage !== 'fetching') return;
    first ??= bytesDone;
    if (bytesDone > first) started.kill();
  });
  return (await started.ended) === null;
}
