/** Yes if any, and which; questions of "always" and "never" want all. */
import { listTimes } from '../../../../contract/index.ts';
import type { Look } from '../cutLooks.ts';
import { type Joined, partOf, type Reply, type Scope, theScenes, type Way } from '../way.ts';
import { joinRepeats } from './account.ts';

export function yesNo(looks: readonly Look[], question: string, needs: 'any' | 'all'): Way {
  return {
    inquiries: looks.map((look) => ({ look, question })),
    order: 'likeliest first',
    join: (replies, scope) => {
      const yes = replies.filter(({ meaning }) => meaning === 'yes');
      const isOther = replies.length > 0 && replies.every(({ meaning }) => meaning === 'statement');
      if (isOther) return { summary: '', parts: joinRepeats(replies) };
      return needs === 'all' ? joinAll(yes, replies, scope) : joinAny(yes, scope);
    },
  };
}

function joinAny(yes: readonly Reply[], scope: Scope): Joined {
  if (yes.length === 0) return { summary: `No, in none of ${theScenes(scope)}.`, parts: [] };
  return { summary: `Yes, ${placesOf(yes, scope)}.`, parts: yes.map((reply) => partOf(reply, restOf(reply.text))) };
}

function joinAll(yes: readonly Reply[], replies: readonly Reply[], scope: Scope): Joined {
  if (yes.length === replies.length)
    return { summary: `Yes, in all of ${theScenes(scope)}.`, parts: yes.map((reply) => partOf(reply)) };
  const other = replies.filter((reply) => !yes.includes(reply));
  return { summary: `No, not ${placesOf(other, scope)}.`, parts: other.map((reply) => partOf(reply)) };
}

/** "at 0:04–0:08", "in 2 of 5 scenes: 0:04–0:08 and 0:16–0:20" */
export function placesOf(replies: readonly Reply[], { lookedAt, unit }: Scope): string {
  const times = listTimes(replies.map(({ look }) => look));
  return replies.length === 1
    ? `at ${times}`
    : `in ${replies.length} of ${lookedAt} ${unit === 'scene' ? 'scenes' : 'stretches'}: ${times}`;
}

/** What a model says beyond "Yes". */
function restOf(text: string): string {
  return text.trim().replace(/^\w+[,.!:;]*\s*/, '');
}
