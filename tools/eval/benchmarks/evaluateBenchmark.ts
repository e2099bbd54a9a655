/** One benchmark of the paper, from its folder to the table. */

import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { startProgress } from '../../lib/progress.ts';
import type { OpenBundle } from '../openBundle.ts';
import { openRecord } from '../record.ts';
import { answerItems, byQuestion } from './answerItems.ts';
import type { Benchmark } from './benchmark.ts';
import { type BenchmarkReport, benchmarkReport } from './benchmarkReport.ts';
import { bundleAnswerer } from './bundleAnswerer.ts';
import { type Chunk, chunkOf } from './chunks.ts';
import type { Judge } from './judge.ts';

export interface BenchmarkRun {
  benchmark: Benchmark;
  folder: string;
  /** Questions; those of the chunk first, then so many of them. */
  limit: number;
  chunk: Chunk;
  /** Where answers are kept, one a line. */
  answers?: string | undefined;
  /** Where what the benchmark's own server takes is written. */
  submission?: string | undefined;
  judge: Judge | null;
  signal: AbortSignal;
}

export async function evaluateBenchmark(bundle: OpenBundle, run: BenchmarkRun): Promise<BenchmarkReport> {
  const { benchmark, signal } = run;
  const all = await benchmark.load(run.folder, { numFrames: bundle.numFrames });
  const items = chunkOf(all, run.chunk).slice(0, run.limit);
  const subject = `${bundle.fingerprint} about ${benchmark.id} ${fingerprintOf(all)}`;
  const record = await openRecord(run.answers, subject, byQuestion);
  const judge = benchmark.judge ? run.judge : null;
  const answered = await answerItems(benchmark, items, {
    ...{ answerer: bundleAnswerer(bundle, signal), record, judge, signal },
    startProgress: (total, known) => startProgress('answering', total, known, 'questions'),
  });
  if (run.submission && benchmark.submission)
    await writeFile(run.submission, `${benchmark.submission(answered.results)}\n`);
  return benchmarkReport(benchmark, bundle, answered, { questions: items.length, judge: judge?.name ?? null });
}

/** Names the questions, wherever their media lie. */
function fingerprintOf(items: readonly object[]): string {
  const text = JSON.stringify(items.map((item) => ({ ...item, media: null, subtitles: null })));
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
