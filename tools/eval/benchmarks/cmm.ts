/**
 * CMM, the Curse of Multi-Modalities (arXiv 2410.12787): is something there that one sense, or habit, only suggests? Half
 * of the questions are to be answered with yes (PA, perception accuracy), half with no (HR, hallucination resistance).
 */
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type BenchmarkItem, type BenchmarkResult, defineBenchmark, type ItemMedia } from './benchmark.ts';
import { readJsonLines } from './benchmarkFiles.ts';
import { scoreRows, share } from './scoreRows.ts';
import { findByPath } from './words.ts';

const schema = z.object({
  ...{ category: z.string(), sub_category: z.string(), modality: z.string(), granularity: z.string() },
  correlation_type: z.string().nullish(),
  ...{ video_path: z.string().nullish(), audio_path: z.string().nullish() },
  ...{ question: z.string(), answer: z.enum(['yes', 'no']) },
});
type Entry = z.infer<typeof schema>;

interface CmmItem extends BenchmarkItem {
  question: string;
  answer: 'yes' | 'no';
}

export const cmm = defineBenchmark<CmmItem, boolean>({
  id: 'cmm',
  name: 'CMM',
  family: 'hallucination',
  layout: 'all_data_final_reorg.jsonl (or any one .jsonl), and the films and sounds by the paths in it',
  async load(root) {
    const [file = 'all_data_final_reorg.jsonl'] = globSync('*.jsonl', { cwd: root }).sort();
    const entries = await readJsonLines(join(root, file), schema);
    return entries.map((entry, index) => ({
      id: String(index),
      question: entry.question,
      answer: entry.answer,
      media: mediaOf(root, entry),
      groups: { category: entry.category, 'sub-category': entry.sub_category, granularity: entry.granularity },
    }));
  },
  prompt: ({ question }) => question,
  parse(text, { answer }) {
    const said = text
      .trim()
      .toLowerCase()
      .match(/^(yes|no)\b/)?.[1];
    return {
      paper: text.toLowerCase().slice(0, 5).includes(answer),
      strict: said === undefined ? null : said === answer,
      how: said === undefined ? 'fallback' : 'text',
    };
  },
  score: (results) =>
    scoreRows(results, (some) => ({
      PA: rightOf(some, 'yes', ({ read }) => read.paper),
      HR: rightOf(some, 'no', ({ read }) => read.paper),
      'PA strict': rightOf(some, 'yes', ({ read }) => read.strict === true),
      'HR strict': rightOf(some, 'no', ({ read }) => read.strict === true),
    })),
});

/** Sight, sound, or a film whose sound lies in it. */
function mediaOf(root: string, { modality, video_path: video, audio_path: audio }: Entry): ItemMedia {
  const isBoth = /audio/.test(modality) && /visual|video/.test(modality);
  const sense = isBoth ? 'av' : video ? 'video' : 'audio';
  const path = (sense === 'audio' ? audio : video) ?? '';
  const whole = join(root, path);
  return existsSync(whole) ? { name: path, path: whole, modality: sense } : findByPath(root, path, sense);
}

function rightOf(
  some: readonly BenchmarkResult<CmmItem, boolean>[],
  answer: CmmItem['answer'],
  isRight: (result: BenchmarkResult<CmmItem, boolean>) => boolean,
): number | null {
  const asked = some.filter(({ item }) => item.answer === answer);
  return share(asked.filter(isRight).length, asked.length);
}
