/** The figures as docs/sample-model.md shows them. */
import type { Family } from './readBenchmark.ts';
import type { Report } from './report.ts';
import { percent } from './score.ts';

const familyNames: Record<Family, string> = {
  'MC-VQA': 'multiple choice (MC-VQA)',
  'OE-VQA': 'open-ended, video (OE-VQA)',
  VC: 'captions (VC)',
  AQA: 'sound only (AQA)',
  'OE-AVQA': 'sound and sight (OE-AVQA)',
};

export function writeMarkdown(report: Report): string {
  const answers = report.questions === 0 ? [] : [summary(report), familyTable(report), typeTable(report)];
  return [...answers, searchTable(report), speed(report)].filter((part) => part !== '').join('\n\n');
}

function summary({ bundle, clips, refused, questions, right }: Report): string {
  const what = `${bundle.name} (${bundle.weights}, ${bundle.provider})`;
  const refusals = `Of ${percent(refused, clips)} of the clips it said that it does not know footage like this.`;
  return `${what}: ${clips} held-out clips, ${questions} questions, **${percent(right, questions)}** answered exactly right. ${refusals}`;
}

function familyTable({ families }: Report): string {
  const rows = families.map(({ family, questions, right }) => [
    familyNames[family],
    questions,
    percent(right, questions),
  ]);
  return table(['task', 'questions', 'right'], rows);
}

function typeTable({ families }: Report): string {
  const rows = families.flatMap(({ family, types }) =>
    types.map(({ type, questions, right }) => [family, type, questions, percent(right, questions)]),
  );
  return table(['task', 'type', 'questions', 'right'], rows);
}

function searchTable({ search }: Report): string {
  if (search === null) return '';
  const rows = search.scores.map(({ route, description, searches, first, fitting }) => [
    route,
    description,
    percent(first, searches),
    percent(fitting, searches),
  ]);
  const head = ['search', 'described is', 'that clip first', 'a clip that fits first'];
  return `Search: each of ${search.clips} clips is described, and looked for among them.\n\n${table(head, rows)}`;
}

function speed({ speed: { clips, questions, seconds }, search }: Report): string {
  if (clips === 0) return '';
  const perClip = `${clips} clips and ${questions} questions in ${seconds.toFixed(0)} s`;
  const each = `${(seconds / clips).toFixed(2)} s a clip, ${((1000 * seconds) / questions).toFixed(0)} ms a question`;
  const indexing = search ? `; ${search.secondsPerClip.toFixed(2)} s to caption and embed a clip` : '';
  return `Speed: ${perClip} (${each})${indexing}.`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
