/**
 * Clotho-AQA (arXiv 2204.09634): questions about sounds, answered with one word. Prompt and scorer are those of
 * VideoLLaMA 2's `inference_audio.py` and `eval_audio_clothoAQA.py`.
 */
import { join } from 'node:path';
import * as z from 'zod';
import { type BenchmarkResult, defineBenchmark } from './benchmark.ts';
import { folderOf, readJsonFile } from './benchmarkFiles.ts';
import { share } from './scoreRows.ts';
import { conversation, findByPath, readWord, scoreRight, type WordItem } from './words.ts';

const schema = z.array(
  z.object({ id: z.union([z.string(), z.number()]), audio: z.string().min(1), conversations: conversation }),
);

export const clothoAqa = defineBenchmark<WordItem, boolean>({
  id: 'clotho-aqa',
  name: 'Clotho-AQA',
  family: 'AQA',
  layout: 'clothoAQA_eval.json, audio_files/*.wav',
  async load(root) {
    const sounds = folderOf(root, 'audio_files', 'audio');
    const entries = await readJsonFile(join(root, 'clothoAQA_eval.json'), schema);
    return entries.map(({ id, audio, conversations: [question, answer] }, index) => ({
      id: `${index}/${id}`,
      question: question.value,
      answer: answer.value,
      media: findByPath(sounds, audio, 'audio'),
      groups: { answer: isBinary(answer.value) ? 'yes or no' : 'a word' },
    }));
  },
  prompt: ({ question }) => `Question: ${question}\nAnswer the question using a single word.`,
  parse: readWord,
  score: (results) => [...scoreRight(results), binaryRow(results)],
});

const isBinary = (answer: string) => ['yes', 'no'].includes(answer.toLowerCase());

/** Beside the whole, the reference counts yes and no once more, and there a stop behind them is wrong. */
function binaryRow(results: readonly BenchmarkResult<WordItem, boolean>[]) {
  const asked = results.filter(({ item }) => isBinary(item.answer));
  const right = asked.filter(({ item, text }) => text.toLowerCase() === item.answer.toLowerCase());
  return {
    ...{ by: 'answer', name: 'yes or no, as the reference counts it', questions: asked.length },
    figures: { paper: share(right.length, asked.length) },
  };
}
