/** Questions about sight and sound together: what is seen while something is heard, and the other way round. */
import { fits, isDeed, readAccount, type SeenThing } from './account.ts';
import { anyOrder } from './anyOrder.ts';
import type { Atom } from './atoms.ts';
import type { Frame, Parts, Plan } from './frame.ts';
import type { ThingPhrase } from './nounPhrase.ts';
import {
  deedWords,
  describeAll,
  isCounted,
  sentence,
  thatOneHears,
  thatThereIs,
  theSound,
  theThing,
  yesOrNo,
} from './retell.ts';

type Asked = Omit<Plan, 'kind'>;

const when = '(before|after|while)';
const sound = '(hear )?sound( hear)?';

export const senseFrames: readonly Frame[] = [
  {
    kind: 'seen meanwhile',
    form: 'open',
    parts: new RegExp(
      `^(happen|see|object see|deedOf|deedOf thing|thing deedOf|object deed|deed|happen thing|see happen|object happen) ${when} ${sound}$`,
    ),
    plan: seenMeanwhile,
  },
  {
    kind: 'seen meanwhile',
    form: 'open',
    parts: new RegExp(`^${when} ${sound} (happen|see|see happen|object see|object happen|deedOf thing|thing deedOf)$`),
    plan: seenMeanwhile,
  },
  {
    kind: 'heard meanwhile',
    form: 'open',
    parts:
      /^(hear|sounds|sounds hear|happen hear) while (thing|kind) deed$|^while (thing|kind) deed (hear|sounds|sounds hear)$/,
    plan: heardMeanwhile,
  },
  {
    kind: 'anything heard meanwhile',
    form: 'closed',
    parts: /^((hear|sounds) )+while (thing|kind) deed$|^while (thing|kind) deed( hear| sounds)+$/,
    plan: anythingHeardMeanwhile,
  },
  {
    kind: 'relation',
    form: 'any',
    parts: new RegExp(
      `^${sound} (before or after|before after or while|before while or after|before or while or after|before or after or while|after or before) (thing|kind) deed( or same)?$`,
    ),
    plan: (parts) => relation(parts),
  },
  {
    kind: 'which comes first',
    form: 'open',
    parts: anyOrder('first|last deed sound or', 'happen come hear'),
    plan: whichComesFirst,
  },
  {
    kind: 'relation',
    form: 'any',
    parts: new RegExp(
      `^(thing|kind) deed (before or after|after or before|before after or while|before or after or same) ${sound}$`,
    ),
    plan: turnedRelation,
  },
  { kind: 'relation', form: 'any', parts: new RegExp(`^whenOf ${sound} (thing|kind) deed$`), plan: () => null },
  {
    kind: 'relation holds',
    form: 'closed',
    parts: new RegExp(`^${sound} ${when} (thing|kind) deed$`),
    plan: (parts) => holds(parts, parts.atoms.find(isWhen)?.kind),
  },
  {
    kind: 'relation holds',
    form: 'closed',
    parts: new RegExp(`^(thing|kind) deed ${when} ${sound}$`),
    plan: (parts) => holds(parts, turned[parts.atoms.find(isWhen)?.kind ?? '']),
  },
  {
    kind: 'relation holds',
    form: 'closed',
    parts: new RegExp(`^(${sound} (thing|kind) deed|(thing|kind) deed ${sound}) same$`),
    plan: (parts) => holds(parts, 'while'),
  },
];

/** "What comes first, the movement or the bell?" */
function whichComesFirst(parts: Parts): Asked | null {
  const { value: sound } = parts.one('sound');
  const deed = parts.one('deed');
  const isFirst = parts.all('first').length > 0;
  const doing = (answer: string) =>
    readAccount(answer, parts.lexicon).things.find((thing) => fits({ deed: deed.value }, thing));
  const actOf = (thing: SeenThing) =>
    `${theThing(thing)} ${deedWords({ value: thing.deeds.find((done) => isDeed(deed.value, done)) ?? '' }, parts.lexicon)}`;
  return {
    asked: describeAll,
    takesForGranted: thatOneHears(sound),
    further: (answer) => {
      const thing = doing(answer);
      if (!thing) return [];
      const is = isCounted(sound) ? 'Are' : 'Is';
      return [{ question: `${is} ${theSound(sound)} heard before or after ${actOf(thing)}, or at the same time?` }];
    },
    tell: (answer, [relation = '']) => {
      const thing = doing(answer);
      if (!thing) return `Nothing ${deedWords(deed, parts.lexicon)}.`;
      if (!/^(Before|After)/.test(relation)) return relation;
      return sentence(relation.startsWith('Before') === isFirst ? theSound(sound) : actOf(thing));
    },
  };
}

const isWhen = ({ kind }: Atom): boolean => ['before', 'after', 'while'].includes(kind);
const turned: Record<string, string> = { before: 'after', after: 'before', while: 'while' };

function seenMeanwhile(parts: Parts): Asked | null {
  const { value } = parts.one('sound');
  const relation = parts.atoms.find(isWhen)?.kind;
  const asked = `What happens ${relation} ${theSound(value)} ${isCounted(value) ? 'are' : 'is'} heard?`;
  return { asked, takesForGranted: thatOneHears(value) };
}

function heardMeanwhile(parts: Parts): Asked | null {
  const act = actIn(parts);
  return act === null
    ? null
    : { asked: `What do you hear while ${act}?`, takesForGranted: thatThereIs(thingOf(parts) ?? {}) };
}

/** "Is there a sound when the star blinks?" */
function anythingHeardMeanwhile(parts: Parts): Asked | null {
  const asked = heardMeanwhile(parts);
  return (
    asked && { ...asked, tell: (answer) => (/^(There|I was)/.test(answer) ? answer : yesOrNo(answer !== 'Nothing.')) }
  );
}

function relation(parts: Parts): Asked | null {
  const act = actIn(parts);
  const { value } = parts.one('sound');
  const is = isCounted(value) ? 'Are' : 'Is';
  if (act === null) return null;
  return {
    asked: `${is} ${theSound(value)} heard before or after ${act}, or at the same time?`,
    takesForGranted: [...thatOneHears(value), ...thatThereIs(thingOf(parts) ?? {})],
  };
}

/** "Does the moon appear before or after the bell?" */
function turnedRelation(parts: Parts): Asked | null {
  const asked = relation(parts);
  const answers: Record<string, string> = { 'Before.': 'After.', 'After.': 'Before.' };
  return asked && { ...asked, tell: (answer) => answers[answer] ?? answer };
}

function holds(parts: Parts, wanted: string | undefined): Asked | null {
  const asked = relation(parts);
  const answers: Record<string, string> = { before: 'Before.', after: 'After.', while: 'At the same time.' };
  return (
    asked && {
      ...asked,
      tell: (answer) => (Object.values(answers).includes(answer) ? yesOrNo(answer === answers[wanted ?? '']) : answer),
    }
  );
}

/** "the red circle moves to the left" */
function actIn(parts: Parts): string | null {
  const thing = thingOf(parts);
  return thing ? `${theThing(thing)} ${deedWords(parts.one('deed'), parts.lexicon)}` : null;
}

function thingOf({ atoms }: Parts): ThingPhrase | undefined {
  return atoms.find(({ kind }) => kind === 'thing' || kind === 'kind')?.thing;
}
