/** Questions that one question becomes: several in one, and those whose answers it is told from. */
import type { Segment } from '../../../contract/index.ts';
import type { AnswerInput, AnswerOutput } from '../../ports/modelHostApi.ts';
import type { Further, Half } from '../model/questions/frame.ts';
import type { AnswerContext } from './answerContext.ts';

/** Half of a clip is only looked at: the world's sounds are longer. */
export function furtherInput({ clip, modality }: Pick<AnswerContext, 'clip' | 'modality'>, next: Further): AnswerInput {
  const { question, half } = next;
  if (half === undefined) return { clip, question, modality };
  return { clip: { ...clip, segment: halfOf(clip.segment, half) }, question, modality: 'video' };
}

/** "Is there a star, and what does it do?": each by itself, their answers one after the other. */
export async function askSeveral({ ask, options }: AnswerContext, questions: readonly string[]): Promise<AnswerOutput> {
  const outputs: AnswerOutput[] = [];
  for (const question of questions) {
    const output = await ask({ question }, options);
    if (output.provenance.stopReason === 'out-of-domain') return output;
    outputs.push(output);
  }
  const text = [...new Set(outputs.map((output) => output.text))].join(' ');
  options.onText?.(text);
  return { ...(outputs.at(-1) as AnswerOutput), text };
}

export async function answersTo({ ask }: AnswerContext, questions: readonly Further[]): Promise<string[]> {
  const answers: string[] = [];
  for (const next of questions) answers.push((await ask(next)).text);
  return answers;
}

function halfOf({ startSec, endSec }: Segment, half: Half): Segment {
  const middleSec = (startSec + endSec) / 2;
  return half === 'first' ? { startSec, endSec: middleSec } : { startSec: middleSec, endSec };
}
