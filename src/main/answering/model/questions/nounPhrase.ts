/** "the small red circle that spins", "anything blue", "three beeps": what a question speaks of. */
import type { Token } from './tokens.ts';

/** Something that is seen, as far as the words tell. */
export interface ThingPhrase {
  colour?: string;
  shape?: string;
  size?: string;
  /** "the spinning star", "the thing that spins". */
  deed?: string;
  number?: string;
  /** Of the number: "more", "less", "least", "most". */
  compare?: string;
  /** "all objects", "everything" */
  isAll?: boolean;
  /** "the star", "this star", "it"; not "a star", "any star", "stars". */
  isDefinite: boolean;
  isPronoun: boolean;
}

export interface NounPhrase {
  /** thing: one that is told from others or pointed at. kind: "a star", "anything red". object: "anything", "objects". */
  sort: 'thing' | 'kind' | 'object' | 'sound';
  thing: ThingPhrase;
  /** Of a sound: "beep", "high tone", or "any". */
  sound?: string;
  /** Position behind it. */
  next: number;
}

/** What a token means in a category: "colour" of "red" is "red"; the category alone for those without values. */
export function meaningOf(token: Token | undefined, category: string): string | undefined {
  const meaning = token?.meanings.find((each) => each === category || each.startsWith(`${category}:`));
  return meaning?.slice(category.length + 1) || (meaning === undefined ? undefined : category);
}

/** @returns null where no noun phrase begins */
export function nounPhraseAt(tokens: readonly Token[], at: number): NounPhrase | null {
  const thing: ThingPhrase = { isDefinite: false, isPronoun: false };
  let next = readModifiers(tokens, at, thing);
  const token = tokens[next];
  const sound = meaningOf(token, 'sound');
  const shape = meaningOf(token, 'shape');
  const isHead =
    meaningOf(token, 'head') === 'thing' || (meaningOf(token, 'attribute') === 'shape' && !isAskedFor(tokens, next));
  const isNoise = sound === 'any' && thing.isDefinite && token?.text === 'noise';
  if (isNoise) return { sort: 'sound', thing, sound: 'noise', next: next + 1 };
  if (sound !== undefined && shape === undefined) return { sort: 'sound', thing, sound, next: next + 1 };
  if (shape !== undefined) {
    thing.shape = shape;
    next += 1;
    if (meaningOf(tokens[next], 'head') === 'thing' || tokens[next]?.text === 'shape') next += 1; // "round thing"
  } else if (isHead) {
    next = /^(any|some|every)|^ones?$/.test(token?.text ?? '') ? readBehindHead(tokens, next + 1, thing) : next + 1;
  } else if (meaningOf(token, 'pronoun') && next === at && !meaningOf(tokens[at + 1], 'clip')) {
    const isMany = /^th(ey|em|ese|ose)$/.test(token?.text ?? '');
    const pronoun = { isDefinite: true, isPronoun: true, ...(isMany ? { isAll: true } : {}) };
    return { sort: isMany ? 'object' : 'thing', thing: pronoun, next: next + 1 };
  } else {
    const isSome = /^(any|some)$/.test(tokens[at]?.text ?? '') && thing.colour !== undefined && !thing.isDefinite;
    return isSome ? { sort: 'kind', thing, next } : null; // "any red in it"
  }
  if (/^(all|both|each|every)/.test(token?.text ?? '')) thing.isAll = true;
  next = readRelativeClause(tokens, next, thing);
  const isDoing = thing.isDefinite && thing.deed === undefined && meaningOf(tokens[next + 1], 'be') !== undefined;
  if (isDoing && tokens[next]?.text.endsWith('ing') && meaningOf(tokens[next], 'deed')) {
    thing.deed = meaningOf(tokens[next], 'deed'); // "the one growing is what?"
    next += 1;
  }
  const isMany = isHead && /[^s]s$|^(everything|all|stuff)/.test(token?.text ?? '');
  if (thing.isDefinite && (isTold(thing) || !isMany)) return { sort: 'thing', thing, next };
  return { sort: isTold(thing) ? 'kind' : 'object', thing, next };
}

/** "shape" in "What shape is the red thing?" and "the shape of it", not in "the red shape" or "which shape spins". */
export function isAskedFor(tokens: readonly Token[], at: number): boolean {
  const attribute = meaningOf(tokens[at], 'attribute');
  if (attribute !== 'shape') return attribute !== undefined;
  const isModified = ['colour', 'size', 'number'].some((category) => meaningOf(tokens[at - 1], category));
  if (isModified || tokens[at]?.text.endsWith('s') || meaningOf(tokens[at + 1], 'that')) return false;
  if (['shape', 'head'].some((category) => meaningOf(tokens[at - 1], category))) return true; // "the red thing's shape"
  return tokens.slice(at + 1).some((_, i) => (nounPhraseAt(tokens, at + 1 + i)?.sort ?? 'sound') !== 'sound');
}

function isTold({ colour, shape, size, deed }: ThingPhrase): boolean {
  return (colour ?? shape ?? size ?? deed) !== undefined;
}

function readModifiers(tokens: readonly Token[], at: number, thing: ThingPhrase): number {
  let next = at;
  for (; next < tokens.length; next++) {
    const token = tokens[next] as Token;
    const determiner = meaningOf(token, 'determiner');
    const colour = meaningOf(token, 'colour');
    const size = meaningOf(token, 'size');
    const number = meaningOf(token, 'number');
    const isNoun = meaningOf(token, 'shape') ?? meaningOf(token, 'head') ?? meaningOf(token, 'sound');
    if (determiner && isTold(thing)) break;
    if (determiner && startsNoun(tokens[next + 1])) readDeterminer(determiner, thing);
    else if (/^th(is|at|ese|ose)$/.test(token.text) && isTold(thing)) break;
    else if (/^th(is|at|ese|ose)$/.test(token.text) && startsNoun(tokens[next + 1])) thing.isDefinite = true;
    else if (colour && thing.colour === undefined) thing.colour = colour;
    else if (size && thing.size === undefined) thing.size = size;
    else if (meaningOf(token, 'compare')) thing.compare = meaningOf(token, 'compare');
    else if (
      number &&
      (!isNoun || (token.text === 'one' && isNounAt(tokens, next + 1))) &&
      startsNoun(tokens[next + 1])
    )
      thing.number = number;
    else if (isParticiple(token) && startsNoun(tokens[next + 1])) thing.deed = meaningOf(token, 'deed');
    else if (!(next > at && meaningOf(token, 'polite') && !isNoun)) break;
  }
  return next;
}

/** "anything red", "something small and blue" */
function readBehindHead(tokens: readonly Token[], at: number, thing: ThingPhrase): number {
  let next = at;
  for (; next < tokens.length; next++) {
    const colour = meaningOf(tokens[next], 'colour');
    const size = meaningOf(tokens[next], 'size');
    if (tokens[next]?.text === 'else') continue;
    if (colour && thing.colour === undefined && !startsNoun(tokens[next + 1])) thing.colour = colour;
    else if (size && !meaningOf(tokens[next], 'more') && thing.size === undefined && !startsNoun(tokens[next + 1]))
      thing.size = size;
    else break;
  }
  return next;
}

/** "that spins", "which is red" */
function readRelativeClause(tokens: readonly Token[], at: number, thing: ThingPhrase): number {
  if (!meaningOf(tokens[at], 'that') && tokens[at]?.text !== 'that') return at;
  let next = at + 1;
  let isNot = false;
  while (['be', 'help', 'not'].some((category) => meaningOf(tokens[next], category))) {
    isNot ||= meaningOf(tokens[next], 'not') !== undefined;
    next += 1;
  }
  const told = meaningOf(tokens[next], 'deed');
  const deed = isNot ? { move: 'stay', change: 'stay' }[told ?? ''] : told;
  const colour = meaningOf(tokens[next], 'colour');
  if (deed === undefined && (colour === undefined || isNot)) return at;
  if (deed !== undefined) {
    const way = meaningOf(tokens[next + 1], 'way');
    thing.deed = deed === 'move' && way ? way : deed;
    return next + (deed === 'move' && way ? 2 : 1);
  }
  thing.colour = colour;
  return next + 1;
}

function readDeterminer(determiner: string, thing: ThingPhrase): void {
  thing.isAll = determiner === 'every';
  thing.isDefinite = determiner === 'the';
}

function startsNoun(token: Token | undefined): boolean {
  const nouns = ['shape', 'head', 'sound', 'colour', 'size', 'attribute', 'number', 'compare', 'polite'];
  return token !== undefined && (nouns.some((category) => meaningOf(token, category)) || isParticiple(token));
}

function isNounAt(tokens: readonly Token[], at: number): boolean {
  if (meaningOf(tokens[at], 'attribute') === 'deed') return false; // "What does the purple one do?"
  return (
    ['shape', 'sound', 'attribute'].some((category) => meaningOf(tokens[at], category)) || tokens[at]?.text === 'object'
  );
}

function isParticiple(token: Token): boolean {
  return (
    meaningOf(token, 'deed') !== undefined && /ing$|^(still|motionless|static|stationary|immobile)$/.test(token.text)
  );
}
