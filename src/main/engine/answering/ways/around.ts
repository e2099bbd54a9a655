/** What comes before or after a thing: what the model says of its own scene, and the scene next to it. */
import type { Look } from '../cutLooks.ts';
import { definite, presenceQuestion } from '../presence.ts';
import { type Inquiry, partOf, type Reply, theScenes, type Way } from '../way.ts';
import { accountOf, type CaptionSource } from './account.ts';

export interface AroundInput {
  thing: string;
  side: 'before' | 'after';
  question: string;
  captions: CaptionSource;
}

export function around(looks: readonly Look[], { thing, side, question, captions }: AroundInput): Way {
  const nextTo = (look: Look) => looks[looks.indexOf(look) + (side === 'after' ? 1 : -1)];
  return {
    inquiries: looks.map((look) => ({ look, question: presenceQuestion(thing), about: 'thing' })),
    order: 'likeliest first',
    next: (replies) => {
      const places = replies.filter(isPlace);
      const anchor = side === 'after' ? places.at(-1) : places[0];
      if (!anchor) return [];
      const within: Inquiry = { look: anchor.look, question, about: 'within', isOptional: true };
      const neighbour = nextTo(anchor.look);
      return neighbour ? [within, accountOf(neighbour, captions, 'next')] : [within];
    },
    join: (replies, scope) => {
      if (!replies.some(isPlace))
        return { summary: `${definite(thing)} was not found in ${theScenes(scope)}.`.replace(/^./, upper), parts: [] };
      const said = replies.filter((reply) => reply.about === 'next' || (reply.about === 'within' && hasNews(reply)));
      if (said.length > 0) return { summary: '', parts: said.map((reply) => partOf(reply, reply.text.trim())) };
      return {
        summary: `Nothing: ${definite(thing)} is at the very ${side === 'after' ? 'end' : 'beginning'}.`,
        parts: replies.filter(isPlace).map((reply) => partOf(reply)),
      };
    },
  };
}

function isPlace({ about, meaning }: Reply): boolean {
  return about === 'thing' && meaning === 'yes';
}

function hasNews({ meaning, text }: Reply): boolean {
  return meaning === 'statement' && text.trim() !== '';
}

function upper(letter: string): string {
  return letter.toUpperCase();
}
