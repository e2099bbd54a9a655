/** What is at the beginning or the end: the first or last look that has an answer. */
import type { Look } from '../cutLooks.ts';
import { partOf, type Reply, theScenes, type Way } from '../way.ts';
import { accountOf, type CaptionSource } from './account.ts';

export interface EdgeInput {
  edge: 'first' | 'last';
  isAccount: boolean;
  question: string;
  captions: CaptionSource;
}

export function edge(looks: readonly Look[], { edge, isAccount, question, captions }: EdgeInput): Way {
  return {
    inquiries: looks.map((look) => (isAccount ? accountOf(look, captions) : { look, question })),
    order: edge === 'first' ? 'in time' : 'backwards',
    isEnough: (replies) => replies.some(isAnswer),
    join: (replies, scope) => {
      const answers = replies.filter(isAnswer);
      const found = edge === 'first' ? answers[0] : answers.at(-1);
      if (!found) return { summary: `Nothing was found in ${theScenes(scope)}.`, parts: [] };
      return { summary: '', parts: [partOf(found, found.text.trim())] };
    },
  };
}

function isAnswer({ meaning, text }: Reply): boolean {
  return text.trim() !== '' && meaning !== 'absent' && meaning !== 'nothing' && meaning !== 'no';
}
