/** When: the times of the scenes of which the model says yes. */
import { countScenes } from '../../../../contract/index.ts';
import type { Look } from '../cutLooks.ts';
import { capital } from '../presence.ts';
import { partOf, theScenes, type Way } from '../way.ts';
import { placesOf } from './yesNo.ts';

/** @param event a question of yes or no; @param counts whether the number of scenes is asked for */
export function when(looks: readonly Look[], event: string, counts: boolean): Way {
  return {
    inquiries: looks.map((look) => ({ look, question: event })),
    order: 'likeliest first',
    join: (replies, scope) => {
      const yes = replies.filter(({ meaning }) => meaning === 'yes');
      if (yes.length === 0) return { summary: `In none of ${theScenes(scope)}.`, parts: [] };
      const summary =
        counts && yes.length === 1
          ? `In ${countScenes(1, scope.unit)}: ${placesOf(yes, scope)}.`
          : `${capital(placesOf(yes, scope))}.`;
      return { summary, parts: yes.map((reply) => partOf(reply)) };
    },
  };
}
