/** What one run of a benchmark found, as --json writes it, and as Markdown. */
import type { OpenBundle } from '../openBundle.ts';
import type { AnsweredItems } from './answerItems.ts';
import type { Benchmark, ScoreRow } from './benchmark.ts';

export interface BenchmarkReport extends Pick<AnsweredItems, 'missing' | 'unread' | 'seconds' | 'answeredNow'> {
  benchmark: Pick<Benchmark, 'id' | 'name' | 'family'>;
  bundle: Pick<OpenBundle, 'name' | 'weights' | 'provider' | 'fingerprint' | 'numFrames'>;
  /** Asked for in this run, answered, and answered by what the reference takes where it finds nothing. */
  questions: number;
  answered: number;
  fallbacks: number;
  /** Who judged; null where nothing is judged. */
  judge: string | null;
  rows: ScoreRow[];
}

export function benchmarkReport(
  benchmark: Benchmark,
  bundle: BenchmarkReport['bundle'],
  { results, missing, unread, seconds, answeredNow }: AnsweredItems,
  { questions, judge }: Pick<BenchmarkReport, 'questions' | 'judge'>,
): BenchmarkReport {
  const { id, name, family } = benchmark;
  const { name: bundleName, weights, provider, fingerprint, numFrames } = bundle;
  return {
    benchmark: { id, name, family },
    bundle: { name: bundleName, weights, provider, fingerprint, numFrames },
    ...{ questions, answered: results.length, missing, unread, seconds, answeredNow, judge },
    fallbacks: results.filter(({ read }) => read.how === 'fallback').length,
    rows: benchmark.score(results),
  };
}

export function reportMarkdown(report: BenchmarkReport): string {
  return [summary(report), table(report.rows), absent(report), speed(report)].filter(Boolean).join('\n\n');
}

function summary({ benchmark, bundle, questions, answered, fallbacks, judge }: BenchmarkReport): string {
  const who = `${bundle.name} (${bundle.weights}, ${bundle.provider}, ${bundle.numFrames} frames)`;
  const counts = `${answered} of ${questions} questions answered, ${fallbacks} by a fallback`;
  const by = judge === null ? '' : ` Judged by ${judge}: not to be set beside the paper’s, which another judge gave.`;
  return `**${benchmark.name}** (${benchmark.family}): ${who}; ${counts}.${by}`;
}

function table(rows: readonly ScoreRow[]): string {
  const names = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))];
  const cells = rows.map(({ by, name, questions, figures }) => [
    ...[by, name, String(questions)],
    ...names.map((figure) => figures[figure]?.toFixed(2) ?? '–'),
  ]);
  const line = (parts: readonly string[]) => `| ${parts.map((part) => part.replaceAll('|', '\\|')).join(' | ')} |`;
  const head = ['by', 'group', 'questions', ...names];
  return [line(head), line(head.map(() => '---')), ...cells.map(line)].join('\n');
}

/** Names that are printed; --json has all of them. */
const mostNames = 20;

function absent({ missing, unread }: BenchmarkReport): string {
  const left = missing.length - mostNames;
  const names = missing.slice(0, mostNames).join(', ');
  return [
    ...(missing.length === 0
      ? []
      : [`Not found on the disk (${missing.length}): ${names}${left > 0 ? `, and ${left} more` : ''}.`]),
    ...unread.slice(0, mostNames).map(({ name, reason }) => `Not read: ${name}: ${reason}`),
  ].join('\n');
}

function speed({ answeredNow, seconds }: BenchmarkReport): string {
  if (answeredNow === 0) return '';
  return `Speed: ${answeredNow} questions in ${seconds.toFixed(0)} s (${(seconds / answeredNow).toFixed(2)} s each).`;
}
