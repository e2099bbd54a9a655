/** Questions whose parts say what is asked for, in whatever order a person puts them; tried where no other frame fits. */
import { fits, isDeed, readAccount, type SeenThing } from './account.ts';
import { anyOrder } from './anyOrder.ts';
import type { Frame, Parts, Plan } from './frame.ts';
import type { ThingPhrase } from './nounPhrase.ts';
import { aThing, describeAll, listed, sentence, theThing, yesOrNo } from './retell.ts';

type Asked = Omit<Plan, 'kind'>;

const idle = 'see have come clip number';

export const looseFrames: readonly Frame[] = [
  {
    kind: 'looks',
    form: 'open',
    parts: anyOrder('colourOf|shapeOf thing|kind|object|shapeOf', `${idle} colourOf`),
    plan: looksOf,
  },
  { kind: 'shape', form: 'open', parts: /^(kind|object|thing)( shapeOf| see)?$|^describe kind$/, plan: namesOf },
  { kind: 'things', form: 'any', parts: anyOrder('countOf object', `${idle} shapeOf`), plan: namesOf },
  {
    kind: 'action',
    form: 'open',
    parts: anyOrder('thing|kind', `${idle} object deed deedOf happen how describe next`),
    plan: actionOf,
  },
  {
    kind: 'count of deeds',
    form: 'open',
    parts: anyOrder('countOf thing deedOf', 'object kind change'),
    plan: countDeeds,
  },
  { kind: 'which', form: 'open', parts: anyOrder('deed', `${idle} object kind colourOf shapeOf`), plan: whichDoes },
  { kind: 'others', form: 'closed', parts: /^(see |have )*next (object|shapeOf)( see)?$/, plan: isAnother },
  { kind: 'none does', form: 'closed', parts: anyOrder('none deed', idle), plan: noneDoes },
  {
    kind: 'others',
    form: 'any',
    parts: anyOrder('besides thing|kind', `${idle} object deed shapeOf not`),
    plan: othersThan,
  },
  {
    kind: 'sounds',
    form: 'open',
    parts: anyOrder('sounds|hear', `${idle} hear sounds how describe object happen pitch`),
    plan: () => ({ asked: 'What do you hear?' }),
  },
  {
    kind: 'sound alternatives',
    form: 'any',
    parts: /^(hear )?(deed|way) or (sound|sounds)( hear)?$/,
    plan: () => ({ asked: 'What do you hear?' }),
  },
  {
    kind: 'sound alternatives',
    form: 'any',
    parts: anyOrder('pitch|sound|way or sound|sounds', 'pitch way hear see clip'),
    plan: soundChoice,
  },
  { kind: 'pitch', form: 'closed', parts: anyOrder('sound|sounds pitch|way', 'hear deed place'), plan: pitchIs },
  {
    kind: 'account',
    form: 'any',
    parts: anyOrder('describe', `${idle} object happen first deedOf`),
    plan: ({ atoms }) => (atoms[0]?.thing?.isPronoun ? null : { asked: describeAll }), // "What are they talking about?"
  },
];

function fromThings({ lexicon }: Parts, tell: (things: readonly SeenThing[]) => string): Asked {
  return {
    asked: describeAll,
    tell: (answer) => {
      const seen = readAccount(answer, lexicon).things;
      return seen.length === 0 ? answer : tell(seen);
    },
  };
}

const phrasesIn = ({ atoms }: Pick<Parts, 'atoms'>): ThingPhrase[] => atoms.flatMap(({ thing }) => thing ?? []);
const isNamed = ({ colour, shape }: ThingPhrase): boolean => (colour ?? shape) !== undefined;
const bare = (thing: ThingPhrase): ThingPhrase => ({
  colour: thing.colour,
  shape: thing.shape,
  isDefinite: true,
  isPronoun: false,
});

/** "The thing on screen: colour and shape?", "Name the shape." */
function looksOf(parts: Parts): Asked | null {
  const phrases = phrasesIn(parts).filter(isNamed);
  return fromThings(parts, (seen) => {
    const isAsked = (thing: SeenThing) => phrases.length === 0 || phrases.some((phrase) => fits(bare(phrase), thing));
    const asked = seen.filter(isAsked);
    const missing = phrases.find((phrase) => !seen.some((thing) => fits(bare(phrase), thing)));
    return missing ? `There is no ${theThing(missing).replace(/^the /, '')}.` : sentence(listed(asked.map(aThing)));
  });
}

function namesOf(parts: Parts): Asked | null {
  const phrase = phrasesIn(parts)[0];
  if (phrase?.size || phrase?.number) return null;
  if (phrase && isNamed(phrase) && !phrase.shape)
    return { asked: `What shape is ${theThing({ colour: phrase.colour })}?` };
  return phrase?.shape ? null : fromThings(parts, (seen) => sentence(listed(seen.map(aThing))));
}

function actionOf(parts: Parts): Asked | null {
  const [phrase, ...others] = phrasesIn(parts).filter((one) => isNamed(one) || one.isPronoun);
  const isAsked = parts.all('deedOf').length > 0; // "Which movement does the star make?"
  if (parts.all('deed').some(({ value }) => value !== 'change' && !(isAsked && value === 'move'))) return null;
  const asks = ['deedOf', 'happen', 'how', 'describe', 'have', 'next'].some((kind) => parts.all(kind).length > 0);
  const isSome = parts.all('how').length > 0 && !phrase?.isDefinite; // "How does one become a star?"
  if (
    !phrase ||
    isSome ||
    others.length > 0 ||
    !asks ||
    !isNamed(phrase) ||
    phrase.size ||
    phrase.deed ||
    phrase.number
  )
    return null;
  return { asked: `What does ${theThing(phrase)} do?` };
}

const numbers = ['none', 'one', 'two', 'three'];

function countDeeds(parts: Parts): Asked | null {
  const phrase = parts.one('thing').thing;
  if (!phrase) return null;
  return {
    asked: `What does ${theThing(phrase)} do?`,
    tell: (answer) => {
      const { deeds } = readAccount(answer, parts.lexicon);
      return deeds.length === 0 ? answer : sentence(numbers[deeds.length] ?? 'several');
    },
  };
}

function whichDoes(parts: Parts): Asked | null {
  const deeds = parts.all('deed');
  const among = phrasesIn(parts)[0];
  if (deeds.length !== 1 || deeds[0]?.thing?.isPronoun || among?.size) return null; // "Who is behind this?"
  return fromThings(parts, (seen) => {
    const doing = seen.filter((thing) =>
      fits({ colour: among?.colour, shape: among?.shape, deed: deeds[0]?.value }, thing),
    );
    return doing.length === 0 ? 'Nothing does.' : sentence(listed(doing.map(theThing)));
  });
}

function noneDoes(parts: Parts): Asked {
  const { value } = parts.one('deed');
  return fromThings(parts, (seen) => yesOrNo(!seen.some(({ deeds }) => deeds.some((done) => isDeed(value, done)))));
}

/** "Is there anything besides the star?", "What else is there apart from the star?" */
function othersThan(parts: Parts): Asked | null {
  const phrase = phrasesIn(parts).find(isNamed);
  const deed = parts.all('deed')[0]?.value;
  if (!phrase) return null;
  const isAsked = (thing: SeenThing) => !fits(bare(phrase), thing) && (deed === undefined || fits({ deed }, thing));
  const isOpen = parts.atoms.some(({ kind }) => kind === 'what');
  return fromThings(parts, (seen) => {
    const others = seen.filter(isAsked);
    return isOpen
      ? others.length === 0
        ? 'Nothing.'
        : sentence(listed(others.map(aThing)))
      : yesOrNo(others.length > 0);
  });
}

/** "Is there a second object?" */
function isAnother(parts: Parts): Asked {
  return fromThings(parts, (seen) => yesOrNo(seen.length > 1));
}

const groups: Record<string, string> = {
  high: 'high tone',
  low: 'low tone',
  up: 'rising sweep',
  down: 'falling sweep',
};

/** "High pitched or low pitched sound?", "Is the pitch going up or down?" */
function soundChoice(parts: Parts): Asked | null {
  const isNamedSound = parts.all('sound').length + parts.all('sounds').length + parts.all('pitch').length > 0;
  return isNamedSound ? { asked: 'What do you hear?' } : null;
}

/** "Does the tone go from low to high?", "Does the sound get lower and lower?" */
function pitchIs(parts: Parts): Asked | null {
  const kind = parts.one('sound').value;
  if (!['', 'tone', 'sweep'].includes(kind)) return null;
  const claims = [...parts.all('pitch'), ...parts.all('way')].map(({ value }) => value);
  const [claim = '', second] = claims;
  if (claims.length > 2) return null;
  if (second === undefined) return groups[claim] ? { asked: `Do you hear a ${groups[claim]}?` } : null;
  return {
    asked: 'What do you hear?',
    tell: (answer) => {
      const kinds = readAccount(answer, parts.lexicon).sounds.map((sound) => sound.kind);
      const isSweep = kinds.includes(claim === 'low' ? 'rising sweep' : 'falling sweep');
      return yesOrNo(isSweep || (kinds[0] === groups[claim] && kinds[1] === groups[second]));
    },
  };
}
