/**
 * AVHBench (arXiv 2410.18325): what is heard is not seen, what is seen is not heard, sound and picture of different films.
 * Its captions are asked for and printed, and not scored: what scores them is no part of Playhead.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type BenchmarkItem, type BenchmarkResult, defineBenchmark } from './benchmark.ts';
import { findFilm, folderOf, readJsonFile } from './benchmarkFiles.ts';
import { scoreRows, share } from './scoreRows.ts';

const schema = z.array(
  z.object({ video_id: z.string().min(1), task: z.string(), text: z.string(), label: z.string() }),
);
const captions = 'AV Captioning';

interface AvhItem extends BenchmarkItem {
  question: string;
  answer: string;
}
type Said = 'yes' | 'no' | 'neither';

export const avhBench = defineBenchmark<AvhItem, Said>({
  id: 'avhbench',
  name: 'AVHBench',
  family: 'hallucination',
  layout: 'AVHBench_v0.json (or any one .json), videos/<id>.mp4 and <id>_swap.mp4',
  async load(root) {
    const [file = 'AVHBench_v0.json'] = globSync('*.json', { cwd: root }).sort();
    const films = folderOf(root, 'videos', 'video');
    const entries = await readJsonFile(join(root, file), schema);
    return entries.map(({ video_id: video, task, text, label }, index) => ({
      ...{ id: `${index}/${video}`, question: text, answer: label },
      media: { name: video, path: findFilm(films, video), modality: 'av' },
      groups: { task },
    }));
  },
  prompt: ({ question }) => question,
  parse(text) {
    const first = (text
      .trim()
      .toLowerCase()
      .match(/^(yes|no)\b/)?.[1] ?? 'neither') as Said;
    const anywhere: Said = /\byes\b/i.test(text) ? 'yes' : /\bno\b/i.test(text) ? 'no' : 'neither';
    return {
      paper: anywhere,
      strict: first === 'neither' ? null : first,
      how: anywhere === 'neither' ? 'fallback' : 'text',
    };
  },
  score(results) {
    const judged = results.filter(({ item }) => item.groups.task !== captions);
    const described = results.length - judged.length;
    return [
      ...scoreRows(judged, figuresOf),
      ...(described === 0 ? [] : [{ by: 'task', name: `${captions} (not scored)`, questions: described, figures: {} }]),
    ];
  },
});

/** "Yes" is what is looked for. */
function figuresOf(some: readonly BenchmarkResult<AvhItem, Said>[]) {
  const count = (is: (said: Said, isYes: boolean) => boolean) =>
    some.filter(({ read, item }) => is(read.paper, item.answer.toLowerCase() === 'yes')).length;
  const found = count((said, isYes) => said === 'yes' && isYes);
  const said = count((said) => said === 'yes');
  const there = count((_, isYes) => isYes);
  return {
    accuracy: share(
      count((said, isYes) => said === (isYes ? 'yes' : 'no')),
      some.length,
    ),
    'accuracy strict': share(
      some.filter(({ read, item }) => read.strict === item.answer.toLowerCase()).length,
      some.length,
    ),
    precision: share(found, said),
    recall: share(found, there),
    F1: share(2 * found, said + there),
    'says yes': share(said, some.length),
  };
}
