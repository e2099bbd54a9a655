/** Which of two things comes first: where each is found, and what stands earlier. */
import { listTimes } from '../../../../contract/index.ts';
import type { Look } from '../cutLooks.ts';
import { capital, definite, presenceQuestion } from '../presence.ts';
import type { Order } from '../readOrder.ts';
import { type Joined, partOf, type Reply, type Scope, theScenes, type Way } from '../way.ts';

type Comparison = Extract<Order, { kind: 'compare' }>;

export function compare(looks: readonly Look[], { things, asks }: Comparison, question: string): Way {
  const [a, b] = things;
  const lastFirst = asks === 'last';
  return {
    inquiries: looks.flatMap((look) => [
      { look, question: presenceQuestion(a), about: 'a' },
      { look, question: presenceQuestion(b), about: 'b' },
    ]),
    order: 'likeliest first',
    // Both in one scene: the order within it is the model's to tell.
    next: (replies) => {
      const [inA, inB] = [found(replies, 'a'), found(replies, 'b')];
      const [edgeA, edgeB] = [edgeOf(inA, lastFirst), edgeOf(inB, lastFirst)];
      return edgeA && edgeA.look === edgeB?.look
        ? [{ look: edgeA.look, question, about: 'both', isOptional: true }]
        : [];
    },
    join: (replies, scope) => {
      const both = replies.find(({ about }) => about === 'both');
      if (both) return { summary: '', parts: [partOf(both, both.text.trim())] };
      const places = { a: found(replies, 'a'), b: found(replies, 'b') };
      const [edgeA, edgeB] = [edgeOf(places.a, lastFirst), edgeOf(places.b, lastFirst)];
      if (edgeA && edgeA.look === edgeB?.look) return joinTogether(things, edgeA);
      if (places.a.length === 0 || places.b.length === 0) return joinMissing(things, places, scope);
      return joinOrder(things, places, asks);
    },
  };
}

type Places = { a: Reply[]; b: Reply[] };

function joinOrder([a, b]: Comparison['things'], places: Places, asks: Comparison['asks']): Joined {
  const lastFirst = asks === 'last';
  const startOf = (replies: Reply[]) => edgeOf(replies, lastFirst)?.look.startSec ?? 0;
  const aIsEarlier = startOf(places.a) < startOf(places.b);
  const [early, late] = aIsEarlier ? (['a', 'b'] as const) : (['b', 'a'] as const);
  const nameOf = (which: 'a' | 'b') => `${definite(which === 'a' ? a : b)} (${timesOfAll(places[which])})`;
  const inOrder = `first ${nameOf(early)}, then ${nameOf(late)}`;
  const summaries: Record<Comparison['asks'], string> = {
    first: `${capital(inOrder)}.`,
    last: `Last ${nameOf(late)}, before it ${nameOf(early)}.`,
    'before or after': `${aIsEarlier ? 'Before' : 'After'}: ${inOrder}.`,
    'is before': `${aIsEarlier ? 'Yes' : 'No'}: ${inOrder}.`,
    'is after': `${aIsEarlier ? 'No' : 'Yes'}: ${inOrder}.`,
  };
  const parts = [
    ...places.a.map((reply) => partOf(reply, sentence(definite(a)))),
    ...places.b.map((reply) => partOf(reply, sentence(definite(b)))),
  ];
  return { summary: summaries[asks], parts: parts.sort((one, other) => one.startSec - other.startSec) };
}

/** The model could not tell their order. */
function joinTogether([a, b]: Comparison['things'], reply: Reply): Joined {
  const both = `${definite(a)} and ${definite(b)}`;
  return {
    summary: `${capital(both)} are in the same scene; which comes first in it cannot be told.`,
    parts: [partOf(reply)],
  };
}

function joinMissing([a, b]: Comparison['things'], places: Places, scope: Scope): Joined {
  if (places.a.length + places.b.length === 0) {
    return { summary: `Neither ${definite(a)} nor ${definite(b)} was found in ${theScenes(scope)}.`, parts: [] };
  }
  const [here, there, missing] = places.a.length > 0 ? [places.a, a, b] : [places.b, b, a];
  const summary = `Only ${definite(there)} was found, at ${timesOfAll(here)}; ${definite(missing)} was not, in ${theScenes(scope)}.`;
  return { summary, parts: here.map((reply) => partOf(reply, sentence(definite(there)))) };
}

function found(replies: readonly Reply[], about: 'a' | 'b'): Reply[] {
  return replies.filter((reply) => reply.about === about && reply.meaning === 'yes');
}

function edgeOf(replies: readonly Reply[], last: boolean): Reply | undefined {
  return last ? replies.at(-1) : replies[0];
}

function timesOfAll(replies: readonly Reply[]): string {
  return listTimes(replies.map(({ look }) => look));
}

function sentence(text: string): string {
  return `${capital(text)}.`;
}
