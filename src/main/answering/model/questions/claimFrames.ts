/** Questions that say something of one thing, and ask whether it is so: is it red, does it spin, is there one? */
import { isDeed, readAccount } from './account.ts';
import type { Atom } from './atoms.ts';
import type { Frame, Parts, Plan } from './frame.ts';
import type { ThingPhrase } from './nounPhrase.ts';
import { theThing, yesOrNo } from './retell.ts';

type Asked = Omit<Plan, 'kind'>;

const named = '(thing|kind)';
const either = (parts: string) => new RegExp(`^(${parts})$`);

export const claimFrames: readonly Frame[] = [
  { kind: 'is of a colour', form: 'closed', parts: /^thing (colour|size|kind)$/, plan: isLike },
  {
    kind: 'is of a colour',
    form: 'open',
    parts: /^(colourOf thing colour|sizeOf thing size|shapeOf thing kind)$/,
    plan: ({ atoms, ...parts }) => isLike({ ...parts, atoms: atoms.slice(1) }), // "Is the colour of the star yellow?"
  },
  {
    kind: 'does',
    form: 'closed',
    parts: either(`${named} (deed|way)( first| last)?|(first|last) ${named} deed`),
    plan: does,
  },
  {
    kind: 'does in order',
    form: 'closed',
    parts: either(`${named} deed (before|after) (thing )?deed|(first )?${named} deed next (thing )?deed`),
    plan: doesInOrder,
  },
  {
    kind: 'deeds in order',
    form: 'any',
    parts: either(`${named} deed (before or after|after or before) (thing )?deed`),
    plan: deedsInOrder,
  },
  { kind: 'exists', form: 'closed', parts: either('(see |have )?(kind|thing)( see)?|not kind'), plan: exists },
  {
    kind: 'exists',
    form: 'closed',
    parts: /^object (colour|size)$/,
    plan: ({ one }) => existsThing({ ...nothing, colour: value(one('colour')), size: value(one('size')) }),
  },
  { kind: 'all exist', form: 'closed', parts: /^see kind kind$/, plan: bothExist },
];

export const nothing: ThingPhrase = { isDefinite: false, isPronoun: false };
const value = (atom: Atom): string | undefined => atom.value || undefined;

export function thingIn({ atoms }: Pick<Parts, 'atoms'>): ThingPhrase {
  return atoms.find(({ thing, kind }) => thing && kind !== 'deed' && kind !== 'object')?.thing ?? nothing;
}

/** A thing that only its size or its deed tells from others is not one that the model can be asked about by name. */
export function isNamed({ colour, shape, size, deed, isDefinite }: ThingPhrase): boolean {
  return colour !== undefined || shape !== undefined || (isDefinite && size === undefined && deed === undefined);
}

/** Of a thing that is not there the model says so only to the wording that it heard of such things in training. */
export function askSize(thing: ThingPhrase): string {
  return thing.colour && thing.shape ? `How big is ${theThing(thing)}?` : `Is ${theThing(thing)} small or large?`;
}

/** "Is the star red?", "Is the red thing a star?", "Is it large?" */
function isLike(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  const claim = parts.atoms[1];
  if (!isNamed(thing) || !claim) return null;
  const claimed = claim.thing ?? { ...nothing, [claim.kind]: claim.value };
  if (claimed.deed || claimed.number) return null;
  if (claimed.size && claimed.shape) return thing.isPronoun ? existsThing(claimed) : null; // "Is it a small star?"
  if (claimed.size) return hasSize(thing, claimed.size);
  if (claimed.shape && !thing.colour && thing.shape) return { asked: `Is ${theThing(thing)} a ${claimed.shape}?` };
  const [asked, look] = claimed.shape
    ? [`What shape is ${theThing({ colour: thing.colour })}?`, claimed.shape]
    : [`What colour is ${theThing({ ...thing, colour: thing.shape ? undefined : thing.colour })}?`, claimed.colour];
  return { asked, tell: (answer) => (isAbsent(answer) ? answer : yesOrNo(answer.toLowerCase().includes(look ?? ''))) };
}

function hasSize(thing: ThingPhrase, size: string): Asked {
  return {
    asked: askSize(thing),
    tell: (answer) => (isAbsent(answer) ? answer : yesOrNo(answer.toLowerCase().includes(size))),
  };
}

/** "Does the star spin before it vanishes?" */
function doesInOrder(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  const [one, other] = parts.all('deed').map(({ value: deed }) => deed) as [string, string];
  if (!isNamed(thing)) return null;
  return fromDeeds(thing, parts, (done) => {
    const [a, b] = [one, other].map((deed) => done.findIndex((each) => isDeed(deed, each))) as [number, number];
    return a >= 0 && b >= 0 && (parts.all('after').length > 0 ? a > b : a < b);
  });
}

/** "Does the star spin before or after it shrinks?" */
function deedsInOrder(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  const [one, other] = parts.all('deed').map(({ value: deed }) => deed) as [string, string];
  if (!isNamed(thing)) return null;
  return {
    asked: `What does ${theThing(thing)} do?`,
    tell: (answer) => {
      const { deeds, things } = readAccount(answer, parts.lexicon);
      const done = [...deeds, ...things.flatMap((each) => each.deeds)];
      const [a, b] = [one, other].map((deed) => done.findIndex((each) => isDeed(deed, each))) as [number, number];
      if (a < 0 || b < 0) return answer;
      return a < b ? 'Before.' : 'After.';
    },
  };
}

/** "Does the star spin?": what it does tells; "Does a star appear?" asks whether there is one. */
function does(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  const deed = parts.one('deed').value || parts.one('way').value;
  if (!isNamed(thing)) return null;
  if (deed === 'appear' && !thing.isDefinite) return existsThing(thing);
  const at = parts.all('first').length > 0 ? 0 : parts.all('last').length > 0 ? -1 : null;
  return doesIt(thing, deed, parts, at);
}

/** @param at 0: first of all that it does, -1: last; null: at any time */
function doesIt(thing: ThingPhrase, deed: string, parts: Parts, at: number | null = null): Asked {
  return fromDeeds(thing, parts, (done) => {
    const looked = at === null ? done : [done.at(at)].filter((one) => one !== undefined);
    return looked.some((one) => isDeed(deed, one));
  });
}

/** From all that the thing does, in its order. */
function fromDeeds(thing: ThingPhrase, { lexicon }: Parts, isSo: (done: readonly string[]) => boolean): Asked {
  return {
    asked: `What does ${theThing(thing)} do?`,
    tell: (answer) => {
      if (isAbsent(answer)) return thing.isDefinite || answer.startsWith('I was') ? answer : 'No.';
      const { deeds, things } = readAccount(answer, lexicon);
      const done = [...deeds, ...things.flatMap((one) => one.deeds)];
      return done.length === 0 ? answer : yesOrNo(isSo(done));
    },
  };
}

function exists(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  if (thing.isPronoun || thing.number) return null;
  if (thing.deed) return isNamed(thing) ? doesIt({ ...thing, isDefinite: false }, thing.deed, parts) : null;
  return existsThing(thing);
}

/** The model says so when asked about a thing that is not there, which tells more than it was taught to say of shapes. */
function existsThing(thing: ThingPhrase): Asked | null {
  const { colour, shape, size } = thing;
  if (size)
    return isNamed(thing)
      ? { ...hasSize(thing, size), tell: (answer) => yesOrNo(answer.toLowerCase().includes(size)) }
      : null;
  if (colour && shape) return { asked: `Is there a ${colour} ${shape}?`.replace('a orange', 'an orange') };
  const unlessAbsent = (answer: string) => (answer.startsWith('I was given') ? answer : yesOrNo(!isAbsent(answer)));
  if (shape) return { asked: `What colour is the ${shape}?`, tell: unlessAbsent };
  return colour ? { asked: `What shape is ${theThing({ colour })}?`, tell: unlessAbsent } : null;
}

/** "Do we see both a circle and a square?" */
function bothExist({ atoms }: Parts): Asked | null {
  const [one, other] = atoms.flatMap(({ thing }) => (thing ? (existsThing(thing) ?? []) : []));
  if (!one || !other) return null;
  return {
    asked: one.asked,
    further: () => [{ question: other.asked }],
    tell: (answer, [second = '']) =>
      yesOrNo([one.tell?.(answer, []) ?? answer, other.tell?.(second, []) ?? second].every((told) => told === 'Yes.')),
  };
}

const isAbsent = (answer: string): boolean => /^(There (is|are) no|I was given)/.test(answer);
