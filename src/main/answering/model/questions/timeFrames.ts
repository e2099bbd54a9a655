/** Questions about when: when something is done, what is heard or there at the beginning and at the end. */
import { fits, type HeardSound, isDeed, readAccount, type SeenThing } from './account.ts';
import { anyOrder } from './anyOrder.ts';
import type { Frame, Half, Parts, Plan } from './frame.ts';
import type { ThingPhrase } from './nounPhrase.ts';
import { aThing, deedWords, describeAll, listed, sentence, theSound, theThing, yesOrNo } from './retell.ts';

type Asked = Omit<Plan, 'kind'>;

const whatIsHeard = 'What do you hear?';
const edge = 'first|last|half';

export const timeFrames: readonly Frame[] = [
  { kind: 'time', form: 'open', parts: anyOrder('whenOf thing|kind|object deed', 'see come'), plan: whenDone },
  { kind: 'time', form: 'closed', parts: /^(thing|kind) deed (first or last|half or half)$/, plan: whenDone },
  { kind: 'does in half', form: 'closed', parts: anyOrder('deed happen first|last'), plan: isDoneIn },
  {
    kind: 'does in half',
    form: 'closed',
    parts: anyOrder('thing|kind|object deed|happen first|last', 'see'),
    plan: isDoneIn,
  },
  {
    kind: 'silence in half',
    form: 'closed',
    parts: anyOrder(`silent ${edge}`, 'thing clip see'),
    plan: (parts) => soundIn(parts, false),
  },
  {
    kind: 'sound in half',
    form: 'closed',
    parts: anyOrder(`sounds|hear ${edge}`, 'sounds hear object clip see have'),
    plan: (parts) => (halfOf(parts) ? soundIn(parts, true) : null),
  },
  {
    kind: 'heard in half',
    form: 'open',
    parts: anyOrder(`sounds|hear ${edge}`, 'sounds hear object clip see happen'),
    plan: heardIn,
  },
  {
    kind: 'happens in half',
    form: 'open',
    parts: anyOrder('happen|deed first|last', 'object clip see deedOf'),
    plan: happensIn,
  },
  {
    kind: 'does what in half',
    form: 'open',
    parts: anyOrder('deedOf|happen thing first|last', 'see'),
    plan: doesWhatIn,
  },
  {
    kind: 'count in half',
    form: 'open',
    parts: anyOrder('countOf object first|last', 'see clip shapeOf'),
    plan: countIn,
  },
  {
    kind: 'there in half',
    form: 'open',
    parts: anyOrder('see|left|have|object first|last', 'object clip see shapeOf'),
    plan: thereIn,
  },
  { kind: 'was there in half', form: 'closed', parts: anyOrder('thing|kind first|last', 'see have'), plan: wasThereIn },
];

const halfNames: Record<string, Half> = {
  start: 'first',
  'first half': 'first',
  end: 'second',
  'second half': 'second',
};

/** Of "at the end", "in the first half"; null for "first" and "last", which ask for an order. */
function halfOf({ atoms }: Pick<Parts, 'atoms'>): Half | null {
  const time = atoms.find(({ kind, value }) => (kind === 'half' && value !== 'all') || halfNames[value] !== undefined);
  return time === undefined ? null : (halfNames[time.value] ?? (time.value as Half));
}

/** What is heard, and of each sound when. */
function bySoundTime({ lexicon }: Parts, tell: (inHalf: (half: Half) => HeardSound[]) => string): Asked {
  const soundsIn = (answer: string) => readAccount(answer, lexicon).sounds;
  return {
    asked: whatIsHeard,
    further: (answer) => soundsIn(answer).map(({ kind }) => ({ question: `When do you hear ${theSound(kind)}?` })),
    tell: (answer, times) => {
      const sounds = soundsIn(answer);
      if (sounds.length === 0 && answer !== 'Nothing.') return answer;
      return tell((half) => sounds.filter((_, at) => new RegExp(`whole time|${half} half`).test(times[at] ?? '')));
    },
  };
}

function soundIn(parts: Parts, isAsked: boolean): Asked | null {
  const half = halfOf(parts);
  return half && bySoundTime(parts, (inHalf) => yesOrNo(inHalf(half).length > 0 === isAsked));
}

function heardIn(parts: Parts): Asked | null {
  const half = halfOf(parts);
  return (
    half &&
    bySoundTime(parts, (inHalf) => {
      const texts = inHalf(half).map(({ text }) => text);
      return texts.length === 0 ? 'Nothing.' : sentence(texts.join(', then '));
    })
  );
}

/** What appears is not there at first, what vanishes not at the end. */
function isThereIn(half: Half, { deeds }: SeenThing): boolean {
  return half === 'first' ? deeds[0] !== 'appear' : deeds.at(-1) !== 'vanish';
}

function thereIn(parts: Parts): Asked | null {
  const half = halfOf(parts);
  return half && fromThings(parts, (seen) => named(seen.filter((thing) => isThereIn(half, thing))));
}

function countIn(parts: Parts): Asked | null {
  const half = halfOf(parts);
  return (
    half &&
    fromThings(parts, (seen) => sentence(numbers[seen.filter((thing) => isThereIn(half, thing)).length] ?? 'many'))
  );
}

const numbers = ['none', 'one', 'two', 'three', 'four'];

function wasThereIn(parts: Parts): Asked | null {
  const half = halfOf(parts);
  const thing = phraseIn(parts);
  if (half === null || (thing?.colour ?? thing?.shape) === undefined) return null;
  return fromThings(parts, (seen) =>
    yesOrNo(seen.some((one) => fits(thing as ThingPhrase, one) && isThereIn(half, one))),
  );
}

const named = (things: readonly SeenThing[]): string =>
  things.length === 0 ? 'Nothing.' : sentence(listed(things.map(aThing)));

function fromThings({ lexicon }: Parts, tell: (things: readonly SeenThing[]) => string): Asked {
  return {
    asked: describeAll,
    tell: (answer) => {
      const seen = readAccount(answer, lexicon).things;
      return seen.length === 0 ? answer : tell(seen);
    },
  };
}

/** What one half of the clip shows. */
function byHalf(parts: Parts, half: Half, tell: (seen: readonly SeenThing[], answer: string) => string): Asked {
  return {
    asked: describeAll,
    further: () => [{ question: describeAll, half }],
    tell: (_, [answer = '']) => tell(readAccount(answer, parts.lexicon).things, answer),
  };
}

function happensIn(parts: Parts): Asked | null {
  const half = halfOf(parts);
  const deed = parts.one('deed').value || 'change';
  const isWhich = parts.all('deed').length > 0;
  return (
    half &&
    byHalf(parts, half, (seen, answer) => {
      const doing = seen.filter(({ deeds }) => deeds.some((done) => isDeed(deed, done)));
      if (isWhich) return doing.length === 0 ? 'Nothing does.' : sentence(listed(doing.map(theThing)));
      return doing.length === 0 ? 'Nothing changes.' : answer;
    })
  );
}

/** "What is the star doing at the end?" */
function doesWhatIn(parts: Parts): Asked | null {
  const half = halfOf(parts);
  const thing = phraseIn(parts);
  const isHalf = parts.atoms.some(({ value }) => value.endsWith(' half')); // "in the end" asks for the last of two deeds
  if (half === null || !isHalf || !thing) return null;
  const asked = `What does ${theThing(thing)} do?`;
  return {
    asked,
    further: (answer) => (isAbsent(answer) ? [] : [{ question: asked, half }]),
    tell: (answer, [inHalf]) => inHalf ?? answer,
  };
}

/** When a thing does something: by the order of what it does, else by looking at each half of the clip. */
function byDeedTime(parts: Parts, tell: (times: ReadonlySet<Half>, answer: string) => string): Asked | null {
  const thing = phraseIn(parts);
  const deed = parts.one('deed').value;
  if (!thing || parts.all('deed').length !== 1) return null;
  const isOne = (thing.colour ?? thing.shape) !== undefined || thing.isPronoun;
  const asked = isOne ? `What does ${theThing(thing)} do?` : describeAll;
  const doneIn = (answer: string) => {
    const { deeds, things } = readAccount(answer, parts.lexicon);
    return [...deeds, ...things.flatMap((one) => one.deeds)];
  };
  const doesIn = (answer: string) => doneIn(answer).some((done) => isDeed(deed, done));
  /** Of a thing that does two things one after the other, each has its half. */
  const inTurn = (answer: string) => {
    const done = doneIn(answer);
    return isOne && done.length === 2 ? new Set(halves.filter((_, at) => isDeed(deed, done[at] ?? ''))) : null;
  };
  return {
    asked,
    further: (answer) =>
      doesIn(answer) && inTurn(answer) === null ? halves.map((half) => ({ question: asked, half })) : [],
    tell: (answer, answers) =>
      tell(inTurn(answer) ?? new Set(halves.filter((_, at) => doesIn(answers[at] ?? ''))), answer),
  };
}

const halves: readonly Half[] = ['first', 'second'];

function whenDone(parts: Parts): Asked | null {
  const deed = parts.one('deed');
  return byDeedTime(parts, (times, answer) => {
    if (!isTold(answer, deed.value, parts))
      return isAbsent(answer) ? answer : `Nothing ${deedWords(deed, parts.lexicon)}.`;
    if (times.size === 2) return 'The whole time.';
    const [half] = times;
    return half ? sentence(`in the ${half} half`) : 'About halfway through.';
  });
}

function isDoneIn(parts: Parts): Asked | null {
  const half = halfOf(parts);
  if (half === null) return null;
  const thing = phraseIn(parts);
  const isOne = (thing?.colour ?? thing?.shape) !== undefined || thing?.isPronoun;
  if (isOne) return byDeedTime(parts, (times, answer) => (isAbsent(answer) ? answer : yesOrNo(times.has(half))));
  const deed = parts.one('deed').value || 'change';
  return byHalf(parts, half, (seen) => yesOrNo(seen.some(({ deeds }) => deeds.some((done) => isDeed(deed, done)))));
}

function isTold(answer: string, deed: string, { lexicon }: Parts): boolean {
  const { deeds, things } = readAccount(answer, lexicon);
  return [...deeds, ...things.flatMap((one) => one.deeds)].some((done) => isDeed(deed, done));
}

const phraseIn = ({ atoms }: Pick<Parts, 'atoms'>): ThingPhrase | undefined => atoms.find(({ thing }) => thing)?.thing;
const isAbsent = (answer: string): boolean => /^(There (is|are) no|I was given)/.test(answer);
