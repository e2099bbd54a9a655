/** Every benchmark of the paper, a row each. */
import { avsd, avssd } from './audioVisualDialogue.ts';
import { avhBench } from './avhBench.ts';
import type { Benchmark } from './benchmark.ts';
import { clothoCaptions, msvc } from './captions.ts';
import { clothoAqa } from './clothoAqa.ts';
import { cmm } from './cmm.ts';
import { egoSchema } from './egoSchema.ts';
import { musicAvqa } from './musicAvqa.ts';
import { mvBench } from './mvBench.ts';
import { activityNetQa, msvdQa } from './openQa.ts';
import { perceptionTest } from './perceptionTest.ts';
import { tut2017, vocalSound } from './soundLabels.ts';
import { videoChatGpt } from './videoChatGpt.ts';
import { videoMme, videoMmeSubtitles } from './videoMme.ts';

export const allBenchmarks: readonly Benchmark[] = [
  mvBench,
  egoSchema,
  perceptionTest,
  videoMme,
  videoMmeSubtitles,
  activityNetQa,
  msvdQa,
  videoChatGpt,
  msvc,
  clothoAqa,
  clothoCaptions,
  tut2017,
  vocalSound,
  musicAvqa,
  avsd,
  avssd,
  cmm,
  avhBench,
];

/** @returns undefined for a name that is none of them */
export function findBenchmark(id: string): Benchmark | undefined {
  return allBenchmarks.find((benchmark) => benchmark.id === id);
}
