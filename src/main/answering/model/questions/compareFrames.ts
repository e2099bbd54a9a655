/** Questions that set things beside each other: which is larger, are they alike, do they move together, one behind the other. */
import { fits, isDeed, readAccount, type SeenThing } from './account.ts';
import { anyOrder } from './anyOrder.ts';
import type { Frame, Parts, Plan } from './frame.ts';
import type { ThingPhrase } from './nounPhrase.ts';
import { describeAll, listed, sentence, theThing, yesOrNo } from './retell.ts';

type Asked = Omit<Plan, 'kind'>;

const things = 'thing|kind|object';

export const compareFrames: readonly Frame[] = [
  { kind: 'behind', form: 'open', parts: anyOrder('behind', `${things} whereOf see have`), plan: behindWhat },
  { kind: 'behind', form: 'open', parts: anyOrder('whereOf thing', 'deed see clip'), plan: whereIs },
  {
    kind: 'behind',
    form: 'closed',
    parts: /^(see )?(thing|kind) behind( see)?$/,
    plan: isBehind,
  },
  {
    kind: 'which is larger',
    form: 'open',
    parts: anyOrder('more', `${things} or than see number shapeOf last`),
    plan: whichIsLarger,
  },
  { kind: 'which of a size', form: 'open', parts: /^thing( see| shapeOf)?$/, plan: whichOfSize },
  { kind: 'is larger', form: 'closed', parts: /^thing more than (thing|kind)$/, plan: isLarger },
  {
    kind: 'alike',
    form: 'closed',
    parts: anyOrder(
      'alike',
      `${things} have see place deed colourOf shapeOf sizeOf wayOf number deedOf move all while`,
    ),
    plan: areAlike,
  },
  { kind: 'alike', form: 'closed', parts: /^thing (while )?size while thing$/, plan: areAsLarge },
  {
    kind: 'all are',
    form: 'closed',
    parts: anyOrder(things, 'colour size kind see have number all'),
    plan: areAll,
  },
  {
    kind: 'together',
    form: 'closed',
    parts: anyOrder(`${things} deed together|same`, 'see number'),
    plan: doTogether,
  },
  { kind: 'together', form: 'closed', parts: /^thing deed (while|before|after) thing( deed)?$/, plan: doBeside },
];

/** From the account, once the things in it are known. */
function fromThings({ lexicon }: Parts, tell: (things: readonly SeenThing[]) => string): Asked {
  return {
    asked: describeAll,
    tell: (answer) => {
      const seen = readAccount(answer, lexicon).things;
      return seen.length === 0 ? answer : tell(seen);
    },
  };
}

const absent = (thing: ThingPhrase): string => `There is no ${theThing(thing).replace(/^the /, '')}.`;
const phrasesIn = ({ atoms }: Pick<Parts, 'atoms'>): ThingPhrase[] => atoms.flatMap(({ thing }) => thing ?? []);
const isNamed = ({ colour, shape }: ThingPhrase): boolean => (colour ?? shape) !== undefined;

/** "What is behind the heart?", "Which object hides the square?" */
function behindWhat(parts: Parts): Asked | null {
  const named = parts.one('behind').thing;
  if (!named || !isNamed(named)) return null;
  const asksFront = parts.one('behind').value === 'front';
  return fromThings(parts, (seen) => {
    const found = asksFront
      ? seen.filter((thing) => thing.behind && fits(named, thing)).map(({ behind }) => behind ?? {})
      : seen.filter(({ behind }) => behind && fits(named, { ...behind, deeds: [] }));
    if (found.length > 0) return sentence(listed(found.map(theThing)));
    return seen.some((thing) => fits(named, thing)) ? 'Nothing is.' : absent(named);
  });
}

/** Of places the model knows one: behind another thing. */
function whereIs(parts: Parts): Asked | null {
  const named = parts.one('thing').thing;
  const deeds = parts.all('deed').map(({ value }) => value);
  if (!named || !isNamed(named) || !deeds.includes('behind')) return null;
  return fromThings(parts, (seen) => {
    const behind = seen.find((thing) => thing.behind && fits(named, thing))?.behind;
    if (behind) return sentence(`behind ${theThing(behind)}`);
    return seen.some((thing) => fits(named, thing)) ? 'It is behind nothing.' : absent(named);
  });
}

/** "Is the square in front of the heart?" */
function isBehind(parts: Parts): Asked | null {
  const [one, other] = phrasesIn(parts);
  if (!one || !other || !isNamed(one) || !isNamed(other)) return null;
  const [back, front] = parts.one('behind').value === 'front' ? [other, one] : [one, other];
  return fromThings(parts, (seen) =>
    yesOrNo(seen.some((thing) => thing.behind && fits(back, thing) && fits(front, { ...thing.behind, deeds: [] }))),
  );
}

const sizeQuestion = (thing: Pick<SeenThing, 'colour' | 'shape'>): string => `Is ${theThing(thing)} small or large?`;

/** The account names the things, and each is asked for its size. */
function bySize(parts: Parts, tell: (sized: readonly { thing: SeenThing; size: string }[]) => string): Asked {
  const seen = (answer: string) => readAccount(answer, parts.lexicon).things;
  return {
    asked: describeAll,
    further: (answer) =>
      seen(answer).length > 1 ? seen(answer).map((thing) => ({ question: sizeQuestion(thing) })) : [],
    tell: (answer, sizes) => {
      const all = seen(answer);
      if (all.length < 2) return all.length === 0 ? answer : 'There is only one object.';
      return tell(all.map((thing, at) => ({ thing, size: (sizes[at] ?? '').toLowerCase().replace('.', '') })));
    },
  };
}

function whichIsLarger(parts: Parts): Asked | null {
  const wanted = parts.one('more').value;
  const phrases = phrasesIn(parts).filter(isNamed);
  if (phrases.length === 1) return null;
  return bySize(parts, (sized) => {
    const among = sized.filter(({ thing }) => phrases.length === 0 || phrases.some((phrase) => fits(phrase, thing)));
    const missing = phrases.find((phrase) => !sized.some(({ thing }) => fits(phrase, thing)));
    if (missing) return absent(missing);
    const found = among.filter(({ size }) => size === wanted);
    if (found.length === among.length || found.length === 0) return `All are ${among[0]?.size ?? 'alike'}.`;
    return sentence(listed(found.map(({ thing }) => theThing(thing))));
  });
}

/** "What is the small one?" */
function whichOfSize(parts: Parts): Asked | null {
  const { thing } = parts.one('thing');
  const size = thing?.size;
  if (!thing || size === undefined || isNamed(thing) || thing.deed) return null;
  return bySize(parts, (sized) => {
    const found = sized.filter((one) => one.size === size);
    return found.length === 0 ? `Nothing is ${size}.` : sentence(listed(found.map(({ thing }) => theThing(thing))));
  });
}

function isLarger(parts: Parts): Asked | null {
  const [one, other] = phrasesIn(parts);
  if (!one || !other || !isNamed(one) || !isNamed(other)) return null;
  const wanted = parts.one('more').value;
  return bySize(parts, (sized) => {
    const [a, b] = [one, other].map((phrase) => sized.find(({ thing }) => fits(phrase, thing)));
    if (!a || !b) return absent(a ? other : one);
    return yesOrNo(a.size === wanted && b.size !== wanted);
  });
}

/** "Do both have the same colour?", "Do they move in different directions?" */
function areAlike(parts: Parts): Asked | null {
  const isSame = parts.one('alike').value === 'same';
  const phrases = phrasesIn(parts).filter(isNamed);
  const has = (kind: string) => parts.all(kind).length > 0;
  const among = (seen: readonly SeenThing[]) =>
    phrases.length < 2 ? seen : seen.filter((thing) => phrases.some((phrase) => fits(phrase, thing)));
  const tell = (values: readonly string[]) =>
    yesOrNo(isSame ? new Set(values).size === 1 : new Set(values).size === values.length);
  if (has('sizeOf')) return bySize(parts, (sized) => tell(sized.map(({ size }) => size)));
  const look = has('colourOf')
    ? 'colour'
    : has('shapeOf')
      ? 'shape'
      : has('wayOf') || has('deed') || has('deedOf')
        ? 'deeds'
        : null;
  if (look === null) return null;
  return fromThings(parts, (seen) => {
    const compared = among(seen);
    return compared.length < 2 ? 'There is only one object.' : tell(compared.map((thing) => String(thing[look])));
  });
}

/** "Is the star as big as the heart?" */
function areAsLarge(parts: Parts): Asked | null {
  const [one, other] = phrasesIn(parts);
  if (!one || !other || !isNamed(one) || !isNamed(other)) return null;
  return bySize(parts, (sized) => {
    const [a, b] = [one, other].map((phrase) => sized.find(({ thing }) => fits(phrase, thing)));
    return !a || !b ? absent(a ? other : one) : yesOrNo(a.size === b.size);
  });
}

/** "Are all of them small?", "Is everything red?", "Are both circles?" */
function areAll(parts: Parts): Asked | null {
  const [subject, claim] = parts.atoms.filter(({ kind }) => kind !== 'see' && kind !== 'have');
  const isAll = subject?.thing?.isAll || parts.all('all').length > 0;
  if (!subject?.thing || !isAll || !claim || parts.atoms.length > 3) return null;
  const among = (thing: SeenThing) => fits({ colour: subject.thing?.colour, shape: subject.thing?.shape }, thing);
  if (claim.kind === 'size')
    return bySize(parts, (sized) =>
      yesOrNo(sized.filter(({ thing }) => among(thing)).every(({ size }) => size === claim.value)),
    );
  const wanted = claim.kind === 'colour' ? { colour: claim.value } : claim.thing;
  if (!wanted || !isNamed(wanted as ThingPhrase)) return null;
  return fromThings(parts, (seen) => {
    const asked = seen.filter(among);
    return yesOrNo(
      asked.length > 0 &&
        asked.every((thing) => fits({ colour: wanted.colour, shape: (wanted as ThingPhrase).shape }, thing)),
    );
  });
}

/** "Do they move together?", "Do both spin at the same time?" */
function doTogether(parts: Parts): Asked | null {
  const deed = parts.one('deed').value;
  if (parts.all('deed').length > 1) return null;
  const inTurn = parts.one('together').value === 'turn';
  return fromThings(parts, (seen) => {
    const doing = seen.filter(({ deeds }) => deeds.some((done) => isDeed(deed, done)));
    const turns = new Set(doing.map(({ turn }) => turn));
    const isAll = doing.length === seen.length && seen.length > 1;
    return yesOrNo(isAll && (inTurn ? turns.size > 1 : turns.size === 1));
  });
}

/** "Does the star move at the same time as the circle?", "Does the star move before the circle?" */
function doBeside(parts: Parts): Asked | null {
  const [one, other] = phrasesIn(parts);
  const [deed, second = deed] = parts.all('deed').map(({ value }) => value);
  const relation = parts.atoms.find(({ kind }) => ['while', 'before', 'after'].includes(kind))?.kind;
  if (!one || !other || deed === undefined || !isNamed(one) || !isNamed(other)) return null;
  return fromThings(parts, (seen) => {
    const [a, b] = [one, other].map((phrase) => seen.find((thing) => fits(phrase, thing)));
    if (!a || !b) return absent(a ? other : one);
    const both = a.deeds.some((done) => isDeed(deed, done)) && b.deeds.some((done) => isDeed(second as string, done));
    if (!both) return 'No.';
    if (relation === 'while') return yesOrNo(a.turn === b.turn);
    if (a.turn === undefined || b.turn === undefined) return 'No, at the same time.';
    return yesOrNo(relation === 'before' ? a.turn < b.turn : a.turn > b.turn);
  });
}
