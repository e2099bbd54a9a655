/** Indexing a set of paths from start to end, and what became of each file. */
import { resolve } from 'node:path';
import type { ErrorInfo, Job, PassedOver, StageTiming } from '../../../contract/index.ts';
import type { Engine } from '../../engine/createEngine.ts';
import { isEnded, settle } from './jobs.ts';

export interface IndexReport {
  indexed: { file: string; mediaId: string | null; segments: number; notices: string[] }[];
  failed: ErrorInfo[];
  /** Seconds per stage, over all files. */
  timings: StageTiming[];
  /** Files that were indexed before and have not changed. */
  unchanged: number;
  /** What the folders hold besides, by reason. */
  passedOver: PassedOver[];
  /** The same in words. */
  notices: string[];
}

export async function indexFolders(
  engine: Engine,
  paths: string[],
  onProgress: (fraction: number, text: string) => void,
): Promise<IndexReport> {
  const files = new Map<string, Job>();
  let scanId: string | null = null;
  const stopListening = engine.onEvent((event) => {
    if (event.type !== 'job' || event.job.kind !== 'index') return;
    files.set(event.job.id, event.job);
    const own = [...files.values()].filter((job) => job.parentId === scanId);
    const done = own.reduce((sum, job) => sum + (isEnded(job) ? 1 : job.progress), 0);
    onProgress(done / Math.max(1, own.length), `${event.job.title}: ${event.job.stage}`);
  });
  try {
    const scan = await settle(engine, async () => {
      const started = await engine.api.addToLibrary({ paths: paths.map((path) => resolve(path)) });
      scanId = started.jobId;
      return started;
    });
    await engine.whenIdle();
    const own = [...files.values()].filter((job) => job.parentId === scan.id);
    const failed = own.flatMap((job) => (job.error ? [job.error] : []));
    if (scan.error) failed.unshift(scan.error);
    failed.unshift(...(scan.result?.rejected ?? []).filter((error) => error.file !== scan.error?.file));
    const indexed = own
      .filter((job) => job.state === 'done')
      .map((job) => ({
        file: job.title,
        mediaId: job.mediaId,
        segments: job.result?.segments ?? 0,
        notices: job.result?.notices ?? [],
      }));
    const timings = sumTimings(own.flatMap((job) => job.result?.timings ?? []));
    const { unchanged = 0, passedOver = [], notices = [] } = scan.result ?? {};
    return { indexed, failed, timings, unchanged, passedOver, notices };
  } finally {
    stopListening();
  }
}

function sumTimings(timings: StageTiming[]): StageTiming[] {
  const sums = new Map<string, number>();
  for (const { stage, seconds } of timings) sums.set(stage, (sums.get(stage) ?? 0) + seconds);
  return [...sums].map(([stage, seconds]) => ({ stage, seconds: Math.round(seconds * 100) / 100 }));
}
