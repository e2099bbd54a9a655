/**
 * MUSIC-AVQA (arXiv 2203.14072): questions about people making music, answered with one word. The file is the one that
 * VideoLLaMA 2's `inference_audio_video.py` reads, or the set's own `avqa-test.json`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { defineBenchmark } from './benchmark.ts';
import { findFilm, folderOf, readJsonFile } from './benchmarkFiles.ts';
import { conversation, findByPath, readWord, scoreRight, type WordItem } from './words.ts';

const schema = z.array(z.object({ video: z.string().min(1), conversations: conversation }));
const ownSchema = z.array(
  z.object({
    ...{ video_id: z.string().min(1), question_id: z.union([z.string(), z.number()]), type: z.string() },
    ...{ question_content: z.string(), templ_values: z.string() },
    // Spelt so.
    anser: z.string(),
  }),
);

export const musicAvqa = defineBenchmark<WordItem, boolean>({
  id: 'music-avqa',
  name: 'MUSIC-AVQA',
  family: 'OE-AVQA',
  layout: 'AVQA_music_test.json (or the set’s own avqa-test.json), videos/',
  async load(root) {
    const films = folderOf(root, 'videos', 'video');
    const file = join(root, 'AVQA_music_test.json');
    const own = join(root, 'avqa-test.json');
    if (!existsSync(file) && existsSync(own)) return loadOwn(own, films);
    const entries = await readJsonFile(file, schema);
    return entries.map(({ video, conversations: [question, answer] }, index) => ({
      id: `${index}/${video}`,
      question: question.value.replace('<video>', '').trim(),
      answer: answer.value,
      media: findByPath(films, video, 'av'),
      groups: {},
    }));
  },
  prompt: ({ question }) => question,
  parse: readWord,
  score: scoreRight,
});

async function loadOwn(file: string, films: string): Promise<WordItem[]> {
  const entries = await readJsonFile(file, ownSchema);
  return entries.map(({ video_id: video, question_id: id, type, question_content, templ_values, anser }) => ({
    id: String(id),
    question: `${filled(question_content, templ_values)}\nAnswer the question using a single word.`,
    answer: anser,
    media: { name: video, path: findFilm(films, video), modality: 'av' },
    groups: groupsOf(type),
  }));
}

/** "How many <Object> are there?" with '["piano"]'. */
function filled(question: string, values: string): string {
  const words = z.array(z.string()).safeParse(parseOrNull(values)).data ?? [];
  return words.reduce((text, word) => text.replace(/<\w+>/, word), question);
}

/** '["Audio-Visual", "Counting"]': the senses, and what is asked. */
function groupsOf(type: string): Record<string, string> {
  const [senses, task] = z.array(z.string()).safeParse(parseOrNull(type)).data ?? [];
  return { ...(senses ? { senses } : {}), ...(task ? { task } : {}) };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
