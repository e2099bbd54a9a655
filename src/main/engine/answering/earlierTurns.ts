/** What was said before about a stretch of a file, for a model that can go on from it. Pure. */
import type { Message, Segment } from '../../../contract/index.ts';
import type { EarlierTurn } from '../../ports/modelHostApi.ts';
import { isSameStretch } from './cutLooks.ts';

/** Turns further back than these say little about a question of now. */
const MOST_TURNS = 12;
const NO_ANSWERS = new Set(['out-of-domain', 'question-out-of-domain', 'from-index', 'needs-consent', 'cancelled']);

/** A question that was answered, with its answer. */
export interface Exchange {
  question: string;
  answer: Message;
}

/** The exchanges before `answerId`, oldest first; what was stopped, failed or declined is none. */
export function exchangesBefore(messages: readonly Message[], answerId: string): Exchange[] {
  const exchanges: Exchange[] = [];
  for (const [index, message] of messages.entries()) {
    if (message.id === answerId) break;
    const question = messages[index - 1];
    if (message.role !== 'assistant' || question?.role !== 'user' || !isAnswer(message)) continue;
    exchanges.push({ question: question.text, answer: message });
  }
  return exchanges;
}

/** The turns that are about this very stretch, or about a range of which a part of the answer is. */
export function turnsAbout(exchanges: readonly Exchange[], stretch: Segment): EarlierTurn[] {
  return exchanges
    .flatMap(({ question, answer }) => {
      const said = saidAbout(answer, stretch);
      return said === null ? [] : [{ question, answer: said }];
    })
    .slice(-MOST_TURNS);
}

function saidAbout({ text, segment, provenance }: Message, stretch: Segment): string | null {
  const evidence = provenance?.evidence;
  if (!evidence) return segment && isSameStretch(segment, stretch) ? text : null;
  const parts = evidence.parts.filter(
    (part) => part.startSec < stretch.endSec - 0.05 && part.endSec > stretch.startSec + 0.05,
  );
  if (parts.length === 0) return null;
  return parts.map((part) => part.text || evidence.summary).join(' ');
}

function isAnswer({ state, text, provenance }: Message): boolean {
  return state === 'done' && text !== '' && !NO_ANSWERS.has(provenance?.stopReason ?? '');
}
