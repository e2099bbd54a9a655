/** Captions, judged: MSVC by correctness and detail of films, Clotho by detail of sounds, against five captions each. */
import { join } from 'node:path';
import * as z from 'zod';
import { type BenchmarkItem, defineBenchmark } from './benchmark.ts';
import { folderOf, readJsonFile } from './benchmarkFiles.ts';
import { judgeAnswer, readNothing, scoreAspects } from './judged.ts';
import { mean, scoreRows } from './scoreRows.ts';
import { findByPath } from './words.ts';

interface CaptionItem extends BenchmarkItem {
  question: string;
  captions: string[];
}

const films = z.array(
  z.object({ video_path: z.string().min(1), question: z.string(), captions: z.array(z.string()).min(1) }),
);

/** Multi-Source Video Captioning, of VideoLLaMA 2's own authors. The paper samples here at temperature 0.2. */
export const msvc = defineBenchmark<CaptionItem, string>({
  id: 'msvc',
  name: 'MSVC',
  family: 'VC',
  layout: 'msvc.json, videos/',
  async load(root) {
    const folder = folderOf(root, 'videos');
    const entries = await readJsonFile(join(root, 'msvc.json'), films);
    return entries.map(({ video_path: path, question, captions }, index) => ({
      ...{ id: `${index}/${path}`, question, captions },
      media: findByPath(folder, path, 'video'),
      groups: {},
    }));
  },
  prompt: ({ question }) => question,
  parse: readNothing,
  judge: ({ question, captions }, text) =>
    (['correctness', 'detail'] as const).map((aspect) =>
      judgeAnswer(aspect, { question, answer: JSON.stringify(captions) }, text),
    ),
  score: scoreAspects(['correctness', 'detail']),
});

const sounds = z.array(
  z.object({
    id: z.union([z.string(), z.number()]),
    audio: z.string().min(1),
    captions: z.array(z.string()).length(5),
  }),
);

/** Clotho (arXiv 1910.09387). The reference cuts the mean of a clip to a whole number before it takes the mean of all. */
export const clothoCaptions = defineBenchmark<CaptionItem, string>({
  id: 'clotho-captions',
  name: 'Clotho, captions',
  family: 'AQA',
  layout: 'clotho_eval.json with {id, audio, captions (five)}, audio_files/*.wav',
  async load(root) {
    const folder = folderOf(root, 'audio_files', 'audio');
    const entries = await readJsonFile(join(root, 'clotho_eval.json'), sounds);
    return entries.map(({ id, audio, captions }, index) => ({
      ...{ id: `${index}/${id}`, question: 'Describe the audio.', captions },
      media: findByPath(folder, audio, 'audio'),
      groups: {},
    }));
  },
  prompt: ({ question }) => question,
  parse: readNothing,
  judge: ({ question, captions }, text) => captions.map((answer) => judgeAnswer('detail', { question, answer }, text)),
  score: (results) =>
    scoreRows(results, (some) => {
      const judged = some.filter(({ verdicts }) => verdicts.length > 0);
      // A verdict that cannot be read counts as nothing of five, as in the reference.
      const means = judged.map(
        ({ item, verdicts }) =>
          verdicts.reduce((sum, verdict) => sum + (verdict?.score ?? 0), 0) / item.captions.length,
      );
      return { 'paper (0–5)': mean(means.map(Math.trunc)), 'mean score (0–5)': mean(means) };
    }),
});
