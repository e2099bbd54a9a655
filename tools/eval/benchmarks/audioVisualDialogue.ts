/** AVSD (arXiv 1901.09107) and AVSSD (the films of VGGSound): open questions about sight and sound, judged. */
import { join } from 'node:path';
import * as z from 'zod';
import { type Benchmark, defineBenchmark } from './benchmark.ts';
import { folderOf, readJsonFile } from './benchmarkFiles.ts';
import { judgeAnswer, type OpenItem, readNothing, scoreMatches } from './judged.ts';
import { conversation, findByPath } from './words.ts';

const schema = z.array(z.object({ video: z.string().min(1), conversations: conversation }));

interface Dialogues extends Pick<Benchmark, 'id' | 'name'> {
  file: string;
  /** Asked in place of what is in the file. */
  question?: string;
}

function dialogues({ id, name, file, question }: Dialogues) {
  return defineBenchmark<OpenItem, string>({
    ...{ id, name, family: 'OE-AVQA' },
    layout: `${file}, videos/`,
    async load(root) {
      const folder = folderOf(root, 'videos', 'video');
      const entries = await readJsonFile(join(root, file), schema);
      return entries.map(({ video, conversations: [asked, answer] }, index) => ({
        id: `${index}/${video}`,
        question: question ?? asked.value.replace('<video>', '').trim(),
        answer: answer.value,
        media: findByPath(folder, video, 'av'),
        groups: {},
      }));
    },
    prompt: (item) => item.question,
    parse: readNothing,
    judge: (item, text) => [judgeAnswer('match', item, text)],
    score: scoreMatches,
  });
}

export const avsd = dialogues({ id: 'avsd', name: 'AVSD', file: 'instruction_val.json' });

/** The question that is stored is not asked there either. */
export const avssd = dialogues({
  ...{ id: 'avssd', name: 'AVSSD (VGGSound)', file: 'avssd_test.json' },
  question: 'Identify the event in the video.',
});
