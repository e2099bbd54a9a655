/** Where the scenes of a video begin, and which of its pictures are damaged. */
import { type FrameTable, readFrameTable } from './frameTable.ts';
import type { Source } from './openSource.ts';
import { passFramesFrom } from './passTimedFrames.ts';
import type { VideoStream } from './readStreams.ts';
import { createSceneCutter } from './sceneCutter.ts';
import { firstAfter, leadInto } from './sceneLead.ts';

export interface FoundScenes {
  /** Seconds at which a new scene begins, ascending, without 0. */
  cuts: number[];
  /** Seconds at which a picture is damaged (shown with holes) or missing. */
  damagedAtSec: number[];
}

/** What a search has found so far: plain data, from which another one goes on. All times are in seconds. */
export interface SceneProgress {
  /** Up to here everything is found; -1 before the beginning. */
  doneSec: number;
  isComplete: boolean;
  cuts: number[];
  damagedAtSec: number[];
  /** Where the decoder complained; see {@link FrameListeners.onComplaint}. */
  complainedAtSec: number[];
  /** Frames of the part under way that never came. */
  absentAtSec: number[];
}

export interface SceneOptions {
  signal?: AbortSignal | undefined;
  /** What an earlier search in the same file told. */
  begun?: SceneProgress | undefined;
  /** Hears of the progress every few seconds, and once at the end. What it throws ends the search. */
  onProgress?: ((progress: SceneProgress) => Promise<void>) | undefined;
  /** Milliseconds between two reports; default 4,000. */
  reportEveryMs?: number;
}

/** Above so many pixels in all, decoding every frame takes minutes: keyframes alone must do. */
const FULL_DECODE_PIXELS = 12e9; // about three minutes of 1080p30
const REPORT_MS = 4000;
const NOTHING_YET: SceneProgress = {
  ...{ doneSec: -1, isComplete: false },
  ...{ cuts: [], damagedAtSec: [], complainedAtSec: [], absentAtSec: [] },
};

/**
 * Hard cuts of a video, by decoding it once at a tiny size; damaged pictures show on the way. Very long videos are
 * judged by their keyframes, which encoders set at cuts: then a cut may be found late by the distance of two
 * keyframes, or missed within it, and damage between them is not seen.
 * @throws PlayheadError as `openMedia` does
 */
export async function detectScenes(source: Source, options: SceneOptions = {}): Promise<FoundScenes> {
  const { video } = source.streams;
  if (video === null) return { cuts: [], damagedAtSec: [] };
  const begun = options.begun ?? NOTHING_YET;
  const { cuts, damagedAtSec, complainedAtSec } = begun.isComplete ? begun : await search(source, video, options);
  const damaged = damagedAtSec.length > 0 ? damagedAtSec : complainedAtSec;
  return { cuts: cuts.filter((sec) => sec > 0), damagedAtSec: [...new Set(damaged)].sort((a, b) => a - b) };
}

async function search(source: Source, video: VideoStream, options: SceneOptions): Promise<SceneProgress> {
  const { begun = NOTHING_YET, onProgress, reportEveryMs = REPORT_MS } = options;
  const from = begun.doneSec;
  const found = structuredClone(begun);
  const table = await readFrameTable(source, options);
  const isLong = source.durationSec * video.fps * video.width * video.height > FULL_DECODE_PIXELS;
  const cutter = createSceneCutter((timeSec) => timeSec > from && found.cuts.push(timeSec));
  let reportedMs = performance.now();

  async function report(missing: RollCall | null): Promise<void> {
    if (performance.now() - reportedMs < reportEveryMs) return;
    const doneSec = Math.max(from, cutter.decidedSec);
    const absent = [...found.absentAtSec, ...(missing?.absent ?? [])];
    await onProgress?.({ ...structuredClone(found), doneSec, absentAtSec: absent.filter((sec) => sec <= doneSec) });
    reportedMs = performance.now();
  }

  for (const stretch of table.stretches) {
    const firstNew = firstAfter(table, stretch, from);
    if (firstNew === stretch.end) continue;
    const missing = isLong || stretch.source !== 'packets' ? null : createRollCall(table, firstNew, stretch.end);
    const keyframesOnly = isLong && stretch.source !== 'order';
    await passFramesFrom(
      source,
      { video, stretch, keyframesOnly, lead: leadInto(table, stretch, { firstNew, keyframesOnly }) },
      {
        signal: options.signal,
        onFrame(frame) {
          cutter.push(frame);
          if (frame.timeSec > from) missing?.answer(frame.timeSec);
        },
        onDamage: (timeSec) => timeSec > from && found.damagedAtSec.push(timeSec),
        onComplaint: (timeSec) => timeSec > from && found.complainedAtSec.push(timeSec),
        afterFrames: () => report(missing),
      },
    );
    const absent = [...found.absentAtSec, ...(missing?.absent ?? [])];
    // Where half of them are absent, it is the list that is wrong.
    if (absent.length * 2 <= stretch.end - stretch.first) found.damagedAtSec.push(...absent);
    found.absentAtSec = [];
  }
  cutter.end();
  const complete = { ...found, doneSec: source.durationSec, isComplete: true };
  await onProgress?.(complete);
  return complete;
}

interface RollCall {
  answer(timeSec: number): void;
  /** Seconds of those that were passed over so far. */
  readonly absent: readonly number[];
}

/** Which of the listed frames never came. Those before the first one that came had nothing to be decoded from. */
function createRollCall({ timesSec }: FrameTable, first: number, end: number): RollCall {
  const absent: number[] = [];
  let next = -1;
  return {
    absent,
    answer(timeSec) {
      const isNext = (index: number) => (timesSec[index] as number) >= timeSec - 1e-4;
      if (next < 0) for (next = first; next < end && !isNext(next); ) next++;
      for (; next < end && !isNext(next); next++) absent.push(timesSec[next] as number);
      next++;
    },
  };
}
