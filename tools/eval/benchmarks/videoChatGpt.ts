/**
 * The benchmark of Video-ChatGPT (arXiv 2306.05424): five aspects of answers about films. Correctness, detail and context are
 * judged of the same answers; of the last file two questions have one answer, and both are asked.
 */
import { join } from 'node:path';
import * as z from 'zod';
import { type BenchmarkItem, type BenchmarkResult, defineBenchmark, type ScoreRow } from './benchmark.ts';
import { findFilm, folderOf, readJsonFile } from './benchmarkFiles.ts';
import { type Aspect, judgeAnswer, judgeBy, type OpenItem, readNothing } from './judged.ts';
import { mean } from './scoreRows.ts';

const plain = z.array(z.object({ Q: z.string(), A: z.string(), video_name: z.string().min(1) }));
const pairs = z.array(z.object({ Q1: z.string(), Q2: z.string(), A: z.string(), video_name: z.string().min(1) }));

interface VideoChatItem extends OpenItem {
  aspects: readonly Aspect[];
  /** Of a pair: what else is asked, whose answer is judged together with this one. */
  other: string | null;
}

const generic = ['correctness', 'detail', 'context'] as const;

export const videoChatGpt = defineBenchmark<VideoChatItem, string>({
  id: 'video-chatgpt',
  name: 'Video-ChatGPT',
  family: 'OE-VQA',
  layout: 'generic_qa.json, temporal_qa.json, consistency_qa.json, Test_Videos/',
  async load(root) {
    const films = folderOf(root, 'Test_Videos', 'videos');
    const read = async (name: string, aspects: readonly Aspect[]) =>
      (await readJsonFile(join(root, `${name}_qa.json`), plain)).map((entry, index) =>
        itemOf(films, { id: `${name}/${index}`, question: entry.Q, answer: entry.A, video: entry.video_name, aspects }),
      );
    const consistency = await readJsonFile(join(root, 'consistency_qa.json'), pairs);
    return [
      ...(await read('generic', generic)),
      ...(await read('temporal', ['temporal'])),
      ...consistency.map(({ Q1, Q2, A, video_name: video }, index) => ({
        ...itemOf(films, { id: `consistency/${index}`, question: Q1, answer: A, video, aspects: ['consistency'] }),
        other: Q2,
      })),
    ];
  },
  prompt: ({ question }) => question,
  furtherPrompt: ({ other }) => other,
  parse: readNothing,
  judge(item, text, further) {
    if (item.other === null) return item.aspects.map((aspect) => judgeAnswer(aspect, item, text));
    const questions = [`Question 1: ${item.question}`, `Question 2: ${item.other}`, `Correct answer: ${item.answer}`];
    const said = [`Predicted answer to question 1: ${text}`, `Predicted answer to question 2: ${further ?? ''}`];
    return [judgeBy('consistency', [...questions, ...said])];
  },
  score,
});

interface Asked extends Pick<VideoChatItem, 'id' | 'question' | 'answer' | 'aspects'> {
  video: string;
}

function itemOf(films: string, { video, ...asked }: Asked): VideoChatItem {
  const media: BenchmarkItem['media'] = { name: video, path: findFilm(films, video), modality: 'video' };
  return { ...asked, other: null, media, groups: {} };
}

/** A row an aspect. */
function score(results: readonly BenchmarkResult<VideoChatItem, string>[]): ScoreRow[] {
  return [...generic, 'temporal' as const, 'consistency' as const].map((aspect) => {
    const some = results.filter(({ item }) => item.aspects.includes(aspect));
    const scores = some.flatMap(({ item, verdicts }) => verdicts[item.aspects.indexOf(aspect)]?.score ?? []);
    return { by: 'aspect', name: aspect, questions: some.length, figures: { 'mean score (0–5)': mean(scores) } };
  });
}
