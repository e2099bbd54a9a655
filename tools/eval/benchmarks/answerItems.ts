/** Asks every question of a benchmark, and goes on where an earlier run was broken off. */
import * as z from 'zod';
import { toErrorInfo } from '../../../src/contract/errors.ts';
import type { Progress } from '../../lib/progress.ts';
import type { AnswerRecord, RecordedAs } from '../record.ts';
import type { Benchmark, BenchmarkItem, BenchmarkResult, ItemMedia, Verdict } from './benchmark.ts';
import { type Judge, readVerdict } from './judge.ts';

/** Who is asked: a bundle, or in tests somebody whose score is known beforehand. */
export interface Answerer {
  answer(media: ItemMedia & { path: string }, question: string, item: BenchmarkItem): Promise<string>;
}

const verdict = z.object({ isMatch: z.boolean().nullable(), score: z.number() }).nullable();
const lineSchema = z.object({
  ...{ id: z.string(), text: z.string() },
  ...{ further: z.string().optional(), verdicts: z.array(verdict).optional() },
});
/** One line a question. */
export type AnswerLine = z.infer<typeof lineSchema>;
export const byQuestion: RecordedAs<AnswerLine> = { schema: lineSchema, keyOf: ({ id }) => id };

export interface AnsweredItems {
  results: BenchmarkResult<BenchmarkItem, unknown>[];
  /** Media that are not on the disk, each once. */
  missing: string[];
  /** Media that could not be read, and why. */
  unread: { name: string; reason: string }[];
  /** Answered now, not by an earlier run. */
  answeredNow: number;
  seconds: number;
}

export interface AskNeeds {
  answerer: Answerer;
  record: AnswerRecord<AnswerLine>;
  /** Null where there is none: answers are kept, and can be judged by a later run. */
  judge: Judge | null;
  /** @param known answered before */
  startProgress(total: number, known: number): Progress;
  /** Ends it after the question that is being answered. */
  signal: AbortSignal;
}

export async function answerItems(
  benchmark: Benchmark,
  items: readonly BenchmarkItem[],
  needs: AskNeeds,
): Promise<AnsweredItems> {
  const found = items.filter(({ media }) => media.path !== null);
  const missing = items.filter(({ media }) => media.path === null).map(({ media }) => media.name);
  const isDone = ({ id }: BenchmarkItem) => needs.record.known.has(id);
  const progress = needs.startProgress(found.length, found.filter(isDone).length);
  const start = performance.now();
  const answered: AnsweredItems = { ...nothing(), missing: [...new Set(missing)] };
  try {
    for (const item of found) {
      needs.signal.throwIfAborted();
      const known = needs.record.known.get(item.id);
      const said = known ?? (await ask(benchmark, item, needs).catch(failed(item, answered)));
      if (said === null) continue;
      const line = await judged(benchmark, item, said, needs.judge);
      if (line !== known) await needs.record.keep(line);
      const { text, verdicts = [] } = line;
      answered.results.push({ item, text, read: benchmark.parse(text, item), verdicts });
      if (known) continue;
      answered.answeredNow += 1;
      progress.step();
    }
  } finally {
    progress.end();
  }
  return { ...answered, seconds: (performance.now() - start) / 1000 };
}

const nothing = (): AnsweredItems => ({ results: [], missing: [], unread: [], answeredNow: 0, seconds: 0 });

async function ask(benchmark: Benchmark, item: BenchmarkItem, { answerer }: AskNeeds): Promise<AnswerLine> {
  const media = { ...item.media, path: item.media.path ?? '' };
  const text = await answerer.answer(media, await benchmark.prompt(item), item);
  const other = benchmark.furtherPrompt?.(item) ?? null;
  if (other === null) return { id: item.id, text };
  return { id: item.id, text, further: await answerer.answer(media, other, item) };
}

/** A file that cannot be read costs its own questions alone; a model that is lost ends the run. */
function failed({ media: { name } }: BenchmarkItem, { unread }: AnsweredItems): (thrown: unknown) => null {
  return (thrown) => {
    const { code, message } = toErrorInfo(thrown);
    if (/^(model|provider|ffmpeg-missing|cancelled|disk-full|internal)/.test(code)) throw thrown;
    if (!unread.some((each) => each.name === name)) unread.push({ name, reason: message });
    return null;
  };
}

/** The line itself where there is nothing to judge, or it was judged before. */
async function judged(
  benchmark: Benchmark,
  item: BenchmarkItem,
  line: AnswerLine,
  judge: Judge | null,
): Promise<AnswerLine> {
  if (!benchmark.judge || judge === null || line.verdicts) return line;
  const verdicts: (Verdict | null)[] = [];
  for (const question of benchmark.judge(item, line.text, line.further))
    verdicts.push(readVerdict(await judge.ask(question)));
  return { ...line, verdicts };
}
