/** ActivityNet-QA (arXiv 1906.02467) and MSVD-QA: open questions about films, judged. Two files, joined by their order. */
import { join } from 'node:path';
import * as z from 'zod';
import { PlayheadError } from '../../../src/contract/errors.ts';
import { type Benchmark, defineBenchmark } from './benchmark.ts';
import { findFilm, folderOf, readJsonFile } from './benchmarkFiles.ts';
import { judgeAnswer, type OpenItem, readNothing, scoreMatches } from './judged.ts';

const id = z.union([z.string(), z.number()]);
const questions = z.array(z.object({ video_name: z.string().min(1), question: z.string(), question_id: id }));
const answers = z.array(
  z.object({ answer: z.string(), question_id: id, type: z.union([z.string(), z.number()]).optional() }),
);

interface OpenQa extends Pick<Benchmark, 'id' | 'name'> {
  films: string;
  /** The film's name, without ending. */
  filmOf(name: string): string;
}

function openQa({ id, name, films, filmOf }: OpenQa) {
  return defineBenchmark<OpenItem, string>({
    ...{ id, name, family: 'OE-VQA' },
    layout: `test_q.json, test_a.json, ${films}/${filmOf('<video_name>')}`,
    async load(root) {
      const asked = await readJsonFile(join(root, 'test_q.json'), questions);
      const file = join(root, 'test_a.json');
      const known = await readJsonFile(file, answers);
      if (known.length !== asked.length) throw unequal(file, asked.length, known.length);
      const folder = folderOf(root, films, 'videos');
      return asked.map(({ video_name, question, question_id }, index) => ({
        id: `${index}/${question_id}`,
        question,
        answer: known[index]?.answer ?? '',
        media: { name: filmOf(video_name), path: findFilm(folder, filmOf(video_name)), modality: 'video' as const },
        groups: groupsOf(known[index]?.type),
      }));
    },
    prompt: ({ question }) => question,
    parse: readNothing,
    judge: (item, text) => [judgeAnswer('match', item, text)],
    score: scoreMatches,
  });
}

/** Some sets say what sort of question it is. */
function groupsOf(type: string | number | undefined): OpenItem['groups'] {
  return type === undefined ? {} : { type: String(type) };
}

function unequal(file: string, asked: number, known: number): PlayheadError {
  return new PlayheadError({
    code: 'invalid-input',
    message: `There are ${asked} questions and ${known} answers, and they belong together by their order.`,
    file,
    hint: 'Fetch both files anew from the benchmark’s own page.',
  });
}

export const activityNetQa = openQa({
  ...{ id: 'activitynet-qa', name: 'ActivityNet-QA', films: 'all_test' },
  filmOf: (name) => (name.startsWith('v_') ? name : `v_${name}`),
});

export const msvdQa = openQa({
  ...{ id: 'msvd-qa', name: 'MSVD-QA', films: 'videos' },
  filmOf: (name) => name.replace(/\.avi$/, ''),
});
