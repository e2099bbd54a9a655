/** Asks a bundle the free questions about the sample clips. */
import { join } from 'node:path';
import type { OpenBundle } from '../openBundle.ts';
import { type FreeQuestion, isRightAnswer } from './questionSets.ts';

const samples = join(import.meta.dirname, '../../../resources/samples');
const SCENE_SECONDS = 4;

export interface FreeAnswer extends FreeQuestion {
  answer: string;
  isRefused: boolean;
  isRight: boolean;
}

export async function askFree(bundle: OpenBundle, questions: readonly FreeQuestion[]): Promise<FreeAnswer[]> {
  const answers: FreeAnswer[] = [];
  for (const free of questions) {
    const { clip, startSec, question, right } = free;
    const source = {
      path: join(samples, `${clip}.mp4`),
      kind: 'video' as const,
      hasAudio: true,
      segment: { startSec, endSec: startSec + SCENE_SECONDS },
    };
    const { text, provenance } = await bundle.api.answer({ clip: source, question, modality: 'auto' });
    const isRefused = provenance.stopReason.endsWith('out-of-domain');
    answers.push({ ...free, answer: text, isRefused, isRight: !isRefused && isRightAnswer(text, right) });
  }
  return answers;
}
