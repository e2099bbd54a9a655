/** Questions about one thing that is seen: its colour, shape, size, what it does and where it goes; is there one? */
import { isDeed, readAccount } from './account.ts';
import type { Atom } from './atoms.ts';
import type { Frame, Parts, Plan } from './frame.ts';
import type { ThingPhrase } from './nounPhrase.ts';
import { deedWords, sentence, thatThereIs, theThing, yesOrNo } from './retell.ts';

type Asked = Omit<Plan, 'kind'>;

const named = '(thing|kind)';
const either = (parts: string) => new RegExp(`^(${parts})$`);

export const thingFrames: readonly Frame[] = [
  {
    kind: 'colour',
    form: 'open',
    parts: either(`colourOf (have )?${named}( have)?|${named}( have)? colourOf`),
    plan: colourOf,
  },
  { kind: 'shape', form: 'open', parts: either(`shapeOf ${named}( have)?|${named}( have)? shapeOf`), plan: shapeOf },
  { kind: 'size', form: 'open', parts: either(`sizeOf ${named}( have)?|${named}( have)? sizeOf`), plan: sizeOf },
  { kind: 'shape', form: 'open', parts: /^(object )?colour$/, plan: ({ one }) => shapeOfColour(one('colour').value) },
  { kind: 'shape', form: 'open', parts: /^(object )?(thing|kind)$/, plan: whatIs },
  { kind: 'colour', form: 'open', parts: /^object kind$/, plan: colourOf },
  {
    kind: 'direction',
    form: 'open',
    parts: either(
      `(wayOf|whereOf|how) ${named} deed|${named} deed (wayOf|whereOf)|wayOf (deed )?${named}|whereOf deed ${named}|${named} whereOf deed`,
    ),
    plan: wayOf,
  },
  {
    kind: 'action',
    form: 'open',
    parts: either(
      `(deedOf|happen) ${named}|${named} deed|${named} (deedOf|happen)|how ${named} (deed|deedOf)|describe (deedOf |deed )?thing`,
    ),
    plan: action,
  },
  {
    kind: 'action order',
    form: 'open',
    parts: either(
      `((deedOf|happen) ${named}|${named} (deedOf|happen)) (first|last|next)|(first|last) (deedOf ${named}|${named} deedOf|happen ${named})`,
    ),
    plan: actionInOrder,
  },
  {
    kind: 'action order',
    form: 'open',
    parts: either(`(deedOf ${named}|${named} deedOf) (next )?after (thing )?deed|(thing )?after (thing )?deed deedOf`),
    plan: actionAfter,
  },
  {
    kind: 'alternatives',
    form: 'any',
    parts: either(
      `(thing|kind) (colour or colour|size or size|more or more|kind or kind|deed or deed|way or way|deed or way|kind or colour)( or \\w+)*`,
    ),
    plan: alternatives,
  },
  { kind: 'is of a colour', form: 'closed', parts: /^thing (colour|size|kind)$/, plan: isLike },
  {
    kind: 'is of a colour',
    form: 'open',
    parts: /^(colourOf thing colour|sizeOf thing size|shapeOf thing kind)$/,
    plan: ({ atoms, ...parts }) => isLike({ ...parts, atoms: atoms.slice(1) }), // "Is the colour of the star yellow?"
  },
  { kind: 'alternatives', form: 'any', parts: /^deed or deed$/, plan: () => ({ asked: 'What does the object do?' }) },
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
  { kind: 'exists', form: 'closed', parts: either('(see |have )?(kind|thing)( see)?|not kind'), plan: exists },
  {
    kind: 'exists',
    form: 'closed',
    parts: /^object (colour|size)$/,
    plan: ({ one }) => existsThing({ ...nothing, colour: value(one('colour')), size: value(one('size')) }),
  },
];

const nothing: ThingPhrase = { isDefinite: false, isPronoun: false };
const value = (atom: Atom): string | undefined => atom.value || undefined;

function thingIn({ atoms }: Pick<Parts, 'atoms'>): ThingPhrase {
  return atoms.find(({ thing, kind }) => thing && kind !== 'deed' && kind !== 'object')?.thing ?? nothing;
}

/** A thing that only its size or its deed tells from others is not one that the model can be asked about by name. */
function isNamed({ colour, shape, size, deed, isDefinite }: ThingPhrase): boolean {
  return colour !== undefined || shape !== undefined || (isDefinite && size === undefined && deed === undefined);
}

function colourOf(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  if (isNamed(thing)) return { asked: `What colour is ${theThing(thing)}?` };
  return lookOfTheOneThat(thing, 'colour', parts);
}

function shapeOf(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  if (isNamed(thing)) return { asked: `What shape is ${theThing({ colour: thing.colour, shape: undefined })}?` };
  return lookOfTheOneThat(thing, 'shape', parts);
}

/** "the colour of the thing that spins": the model names the thing, and its colour is in the name. */
function lookOfTheOneThat({ deed }: ThingPhrase, look: 'colour' | 'shape', { lexicon }: Parts): Asked | null {
  if (deed === undefined) return null;
  return {
    asked: `Which object ${deedWords({ value: deed }, lexicon)}?`,
    takesForGranted: [
      {
        question: `Does anything ${deed}?`,
        otherwise: `There is no object that ${deedWords({ value: deed }, lexicon)}.`,
      },
    ],
    tell: (answer) => {
      const word = readAccount(answer, lexicon).things[0]?.[look];
      return word === undefined ? answer : sentence(word);
    },
  };
}

function sizeOf(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  return isNamed(thing) ? { asked: askSize(thing) } : null;
}

function shapeOfColour(colour: string): Asked {
  return { asked: `What shape is ${theThing({ colour })}?` };
}

/** Of a thing that is not there the model says so only to the wording that it heard of such things in training. */
function askSize(thing: ThingPhrase): string {
  return thing.colour && thing.shape ? `How big is ${theThing(thing)}?` : `Is ${theThing(thing)} small or large?`;
}

/** "What is the red thing?" asks for its shape, "the thing that spins?" for its name; "What is a star?" for nothing. */
function whatIs(parts: Parts): Asked | null {
  const { colour, shape, deed, isDefinite, isPronoun } = thingIn(parts);
  if (isPronoun && parts.all('object').length > 0) return { asked: 'What shape is the object?' };
  if (!isDefinite || shape !== undefined) return null;
  if (deed) return { asked: `Which object ${deedWords({ value: deed }, parts.lexicon)}?` };
  return colour ? shapeOfColour(colour) : null;
}

function wayOf(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  const deed = parts.one('deed').value;
  if (!isNamed(thing)) return null;
  if (parts.atoms[0]?.kind === 'how') return { asked: `What does ${theThing(thing)} do?` };
  return deed === '' || deed === 'move' || deed === 'change'
    ? { asked: `In which direction does ${theThing(thing)} move?`, takesForGranted: thatThereIs(thing) }
    : null;
}

function action(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  return isNamed(thing) ? { asked: `What does ${theThing(thing)} do?` } : null;
}

function actionInOrder(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  const order = parts.all('first').length > 0 ? 'first' : 'last'; // "and then?" is the last of two
  return isNamed(thing) ? { asked: `What does ${theThing(thing)} do ${order}?` } : null;
}

function actionAfter(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  const deed = deedWords(parts.one('deed'), parts.lexicon);
  return isNamed(thing) ? { asked: `What does ${theThing(thing)} do after it ${deed}?` } : null;
}

/** "Is it red or blue?" is answered by its colour, "Does it grow or shrink?" by what it does. */
function alternatives(parts: Parts): Asked | null {
  const first = parts.atoms[1];
  if (first?.kind === 'colour' || first?.thing?.colour) return colourOf(parts);
  if (first?.kind === 'size' || first?.kind === 'more') return sizeOf(parts);
  if (first?.kind === 'kind') return shapeOf(parts);
  return action(parts);
}

/** "Is the star red?", "Is the red thing a star?", "Is it large?" */
function isLike(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  const claim = parts.atoms[1];
  if (!isNamed(thing) || !claim) return null;
  const claimed = claim.thing ?? { ...nothing, [claim.kind]: claim.value };
  if (claimed.deed || claimed.number) return null;
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

export const isAbsent = (answer: string): boolean => /^(There (is|are) no|I was given)/.test(answer);
