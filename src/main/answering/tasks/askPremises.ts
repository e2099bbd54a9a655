/** A small model answers for what is not there, too; it is asked first whether it is. */

import type { AnswerOutput } from '../../ports/modelHostApi.ts';
import type { Premise } from '../model/questions/frame.ts';

/**
 * @param ask puts a question about the same clip to the same model
 * @returns null when everything that a question takes for granted is there; else the answer that says what is not, or
 *   the one that was declined
 */
export async function askPremises(
  premises: readonly Premise[],
  ask: (question: string) => Promise<AnswerOutput>,
): Promise<AnswerOutput | null> {
  for (const { question, otherwise } of premises) {
    const output = await ask(question);
    if (output.provenance.stopReason === 'out-of-domain') return output;
    if (/^No\b/.test(output.text)) return { ...output, text: otherwise };
  }
  return null;
}
