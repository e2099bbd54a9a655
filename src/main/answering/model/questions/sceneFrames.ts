/** Questions about all that is seen: what happens, how many things there are, which one does something. */
import { type Account, fits, isDeed, readAccount, type SeenThing } from './account.ts';
import type { Frame, Parts, Plan } from './frame.ts';
import type { ThingPhrase } from './nounPhrase.ts';
import { isNumber } from './numbers.ts';
import { aThing, deedWords, describeAll, listed, sentence, theThing, yesOrNo } from './retell.ts';

type Asked = Omit<Plan, 'kind'>;

const either = (parts: string) => new RegExp(`^(${parts})$`);

export const sceneFrames: readonly Frame[] = [
  {
    kind: 'account',
    form: 'any',
    parts: either('describe( clip| see| happen| object| deed| thing)*'),
    plan: () => ({ asked: describeAll }),
  },
  {
    kind: 'account',
    form: 'open',
    parts: either(
      '(happen|see|have|clip see|see clip|happen see|see happen|deed happen)( clip| object)?|object happen|deed see|clip describe|how clip deed|object deedOf|deedOf object',
    ),
    plan: () => ({ asked: describeAll }),
  },
  {
    kind: 'account of both',
    form: 'any',
    parts: either('(describe )?(see( and)? hear|hear see)|describe see( and)? sounds|(describe |happen )*see hear'),
    plan: () => ({ asked: 'Describe what you see and hear.' }),
  },
  {
    kind: 'things',
    form: 'open',
    parts: either('(object|shapeOf)( see| come)?|see object|come object|countOf'),
    plan: listThings,
  },
  {
    kind: 'colours',
    form: 'open',
    parts: either('colourOf( object)?( see| have)*|see colourOf'),
    plan: (parts) => listLooks(parts, 'colour'),
  },
  { kind: 'things', form: 'closed', parts: /^(see )?(kind|thing) or (kind|thing)( see)?$/, plan: listThings },
  {
    kind: 'count',
    form: 'open',
    parts: either(
      'countOf( object| kind| thing)?( see| have)* deed|countOf (object|kind|thing)( see| have| clip)*|(object|kind) countOf',
    ),
    plan: countOf,
  },
  {
    kind: 'count of colours',
    form: 'open',
    parts: either('countOf colourOf( see| have| object)*'),
    plan: countColours,
  },
  { kind: 'counts', form: 'closed', parts: /^(see )?(object|kind)( see)?$/, plan: hasNumber },
  { kind: 'counts', form: 'open', parts: /^countOf (object|kind) number$/, plan: hasNumber },
  { kind: 'which', form: 'open', parts: /^(object |colourOf |shapeOf |kind |see )*deed( object)?$/, plan: whichDoes },
  {
    kind: 'order',
    form: 'open',
    parts: either(
      '(object |kind )?(deed |happen )(first|last)|(first|last) (object |kind )?(deed|happen)|object (first|last)|(clip )?(first|last)( happen| clip)*|how clip (first|last)',
    ),
    plan: inOrder,
  },
  {
    kind: 'order',
    form: 'open',
    parts: /^happen (next )?after (thing|kind) deed$|^after (thing|kind) deed happen( next)?$/,
    plan: happensAfter,
  },
  {
    kind: 'anything does',
    form: 'closed',
    parts: /^(see )?(object )?(deed|happen|see deed)( see| object)?$/,
    plan: anythingDoes,
  },
];

/** From the account of what is seen. */
function fromAccount({ lexicon }: Parts, tell: (account: Account, answer: string) => string): Asked {
  return {
    asked: describeAll,
    tell: (answer) => {
      const account = readAccount(answer, lexicon);
      return account.things.length === 0 ? answer : tell(account, answer);
    },
  };
}

function listThings(parts: Parts): Asked {
  return fromAccount(parts, ({ things }) => sentence(listed(things.map(aThing))));
}

function listLooks(parts: Parts, look: 'colour' | 'shape'): Asked {
  return fromAccount(parts, ({ things }) => sentence(listed(looksOf(things, look))));
}

function looksOf(things: readonly SeenThing[], look: 'colour' | 'shape'): string[] {
  return [...new Set(things.map((thing) => thing[look]).filter((word) => word !== undefined))];
}

const numbers = ['none', 'one', 'two', 'three', 'four', 'five', 'six'];

function countOf(parts: Parts): Asked | null {
  const counted = parts.atoms.find(({ thing }) => thing)?.thing;
  const deed = parts.one('deed').value || counted?.deed;
  if (counted?.size) return null;
  if (!deed && !counted?.colour && !counted?.shape) return { asked: 'How many objects are there?' };
  const asked = { colour: counted?.colour, shape: counted?.shape, deed };
  return fromAccount(parts, ({ things }) =>
    sentence(numbers[things.filter((one) => fits(asked, one)).length] ?? 'many'),
  );
}

function countColours(parts: Parts): Asked {
  return fromAccount(parts, ({ things }) => sentence(numbers[looksOf(things, 'colour').length] ?? 'many'));
}

/** "Are there two objects?", "Are there two stars?" */
function hasNumber(parts: Parts): Asked | null {
  const thing = parts.atoms.find((atom) => atom.thing)?.thing;
  const number = thing?.number ?? parts.one('number').value;
  if (!thing || number === '' || thing.size || thing.deed) return null;
  const { colour, shape, compare } = thing;
  if (colour || shape)
    return fromAccount(parts, ({ things }) =>
      yesOrNo(isNumber(`${numbers[things.filter((one) => fits({ colour, shape }, one)).length]}.`, number, compare)),
    );
  return {
    asked: 'How many objects are there?',
    tell: (answer) => (answer.startsWith('I was') ? answer : yesOrNo(isNumber(answer, number, compare))),
  };
}

function whichDoes(parts: Parts): Asked | null {
  const deed = parts.one('deed');
  const among = parts.one('kind').thing;
  if (!['move', 'change'].includes(deed.value) && !among)
    return deed.thing?.isPronoun ? null : { asked: `Which object ${deedWords(deed, parts.lexicon)}?` };
  const asked = { colour: among?.colour, shape: among?.shape, deed: deed.value };
  return fromAccount(parts, ({ things }) => {
    const doing = things.filter((one) => fits(asked, one)).map(theThing);
    return sentence(doing.length === 0 ? 'nothing does' : listed(doing));
  });
}

/** "What happens first?", "Which one moves last?" */
function inOrder(parts: Parts): Asked {
  const order = parts.all('first').length > 0 ? 'first' : 'last';
  const isWhich = parts.all('object').length > 0 || parts.all('deed').length > 0;
  return { asked: isWhich ? `Which object changes ${order}?` : `What happens ${order}?` };
}

function happensAfter(parts: Parts): Asked | null {
  const thing = parts.atoms.find(({ kind }) => kind === 'thing' || kind === 'kind')?.thing;
  const deed = parts.one('deed');
  if (!thing) return null;
  if (deed.value === 'move' || deed.value === 'change') return followsOf(thing, parts);
  return { asked: `What happens after ${theThing(thing)} ${deedWords(deed, parts.lexicon)}?` };
}

/** What comes after "it moves", which is said of many ways: from the order of the account. */
function followsOf(thing: ThingPhrase, parts: Parts): Asked {
  return fromAccount(parts, ({ things }) => {
    const before = things.find((one) => fits({ colour: thing.colour, shape: thing.shape }, one));
    if (!before) return `There is no ${theThing(thing).replace(/^the /, '')}.`;
    const after = before.turn === 0 ? things.filter(({ turn }) => turn === 1) : [];
    const told = after.map((one) => `${theThing(one)} ${deedWords({ value: one.deeds[0] ?? '' }, parts.lexicon)}`);
    return told.length === 0 ? 'Nothing changes.' : sentence(listed(told));
  });
}

/** "Does anything vanish?", "Is there any movement?" */
function anythingDoes(parts: Parts): Asked | null {
  const thing = parts.one('object').thing;
  const deed = parts.one('deed').value || 'change';
  const hiding = parts.one('deed').thing; // "Does anything pass behind the square?"
  const does = ({ deeds, behind }: SeenThing) =>
    deeds.some((done) => isDeed(deed, done)) && (!hiding || fits(hiding, { ...behind, deeds: [] }));
  if (thing?.number) {
    const { number, compare } = thing;
    return fromAccount(parts, ({ things }) =>
      yesOrNo(isNumber(`${numbers[things.filter(does).length]}.`, number, compare)),
    );
  }
  return fromAccount(parts, ({ things }) => yesOrNo(thing?.isAll ? things.every(does) : things.some(does)));
}
