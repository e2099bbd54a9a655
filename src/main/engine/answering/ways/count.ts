/** How many: counted scene by scene and never added up, since a thing may be seen twice. */
import type { Look } from '../cutLooks.ts';
import { numberIn } from '../readReply.ts';
import { partOf, theScenes, type Way } from '../way.ts';
import { placesOf } from './yesNo.ts';

export function count(looks: readonly Look[], question: string): Way {
  return {
    inquiries: looks.map((look) => ({ look, question })),
    order: 'likeliest first',
    join: (replies, scope) => {
      const found = replies.filter(
        (reply) => reply.meaning !== 'absent' && reply.meaning !== 'nothing' && numberIn(reply.text) !== 0,
      );
      if (found.length === 0) return { summary: `None in ${theScenes(scope)}.`, parts: [] };
      return {
        summary: `${placed(placesOf(found, scope))}.`,
        parts: found.map((reply) => partOf(reply, reply.text.trim())),
      };
    },
  };

  function placed(places: string): string {
    return places.charAt(0).toUpperCase() + places.slice(1);
  }
}
