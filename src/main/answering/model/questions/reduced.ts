/**
 * A question brought down to what it asks, where neither a frame nor plain order reads it: without who looks, without
 * words that point at what is named anyhow, with each claim at the thing that it is made of. What is left is read once
 * more. "Which way's it heading, that circle" becomes "which way, the circle?".
 */
import type { Atom } from './atoms.ts';
import { meaningOf } from './nounPhrase.ts';
import type { Token } from './tokens.ts';
import { isRest } from './wordRoles.ts';

type Parts = readonly Atom[];

const seen = ['thing', 'kind'];
const between = ['before', 'after', 'while'];
const asking = [
  'colourOf',
  'shapeOf',
  'sizeOf',
  'wayOf',
  'whereOf',
  'countOf',
  'whenOf',
  'deedOf',
  'happen',
  'describe',
];
const edges = ['first', 'last', 'half', 'next'];

const has = (parts: Parts, kinds: readonly string[]): boolean => parts.some(({ kind }) => kinds.includes(kind));
const without = (parts: Parts, kinds: readonly string[]): Atom[] => parts.filter(({ kind }) => !kinds.includes(kind));

/** @returns null where it is about people or places, or where nothing can be left out */
export function reduced(atoms: Parts, tokens: readonly Token[]): Atom[] | null {
  if (isAboutPerson(tokens) || atoms[0]?.kind === 'come') return null; // "Play the sound again." is a command
  const told = without(atoms, ['person', 'pronoun', 'clip']);
  const steps = [
    withoutPointers,
    comingAsDeed,
    withClaims,
    withoutIdle,
    edgesAsChoice,
    whichOfTwo,
    relationLast,
    allOfMany,
    lookAlone,
  ];
  const parts = steps.reduce<Atom[]>((rest, step) => step(rest), told);
  return parts.length === 0 || (parts.every((part, at) => part === atoms[at]) && parts.length === atoms.length)
    ? null
    : parts;
}

/** "Are you a star?", "Do you move?", "I am red": of the one who looks or is asked, who only sees and tells. */
function isAboutPerson(tokens: readonly Token[]): boolean {
  return tokens.some((token, at) => {
    if (!meaningOf(token, 'person')) return false;
    const rest = tokens.slice(at + 1);
    const next = rest.find((each) => !isRest(each));
    const does = ['see', 'hear', 'have', 'describe', 'ask', 'attribute'].some((category) => meaningOf(next, category));
    const isBehindVerb = rest.length === 0 && meaningOf(tokens[at - 1], 'have') !== undefined; // "have you got"
    const isAsked = rest.some((each) => meaningOf(each, 'clause') !== undefined) && meaningOf(tokens[at - 1], 'help');
    const isOwner = token.text === 'i' && meaningOf(next, 'have') !== undefined; // "Do I have a ring?"
    return !(does && !isOwner && meaningOf(next, 'attribute') === undefined) && !isBehindVerb && !isAsked;
  });
}

/** A word that only points, where the thing is named: "it", "that", "one". */
function withoutPointers(parts: Parts): Atom[] {
  const isNamed = parts.some(({ kind, thing }) => (seen.includes(kind) || kind === 'sound') && !thing?.isPronoun);
  const isAsked = has(parts, asking) || has(parts, ['what', 'how']);
  const deeds = parts.filter(({ kind }) => kind === 'deed').length;
  return parts.filter(({ kind, thing }, at) => {
    if (thing?.isPronoun && parts[at + 1]?.kind === 'have' && isNamed) return false; // "Does this have a ring?"
    if (thing?.isPronoun && has(parts, ['hear'])) return false; // "What does it sound like?"
    if (thing?.isPronoun) return !(isAsked && (isNamed || (deeds === 1 && parts.length === 3)));
    return !(kind === 'object' && isNamed && has(parts, ['shapeOf', 'colourOf', 'deedOf']));
  });
}

/** "When does the moon come in?" */
function comingAsDeed(parts: Parts): Atom[] {
  const isOfThing = has(parts, seen) && !has(parts, ['deed', 'sound', 'sounds', 'deedOf']);
  return isOfThing && !has(parts, ['happen'])
    ? parts.map((atom) => (atom.kind === 'come' ? { kind: 'deed', value: 'appear' } : atom))
    : without(parts, ['come']);
}

/** "Is there a heart which is pink?" */
function withClaims(parts: Parts): Atom[] {
  const things = parts.filter(({ kind }) => seen.includes(kind));
  const claims = parts.filter(({ kind }) => kind === 'colour');
  const [only] = things;
  const isOfKind = only?.kind === 'kind' && !only.thing?.colour && only.thing?.shape !== undefined;
  const isBehind = only !== undefined && parts.indexOf(only) < parts.findIndex(({ kind }) => kind === 'colour');
  if (things.length !== 1 || claims.length !== 1 || !isOfKind || !isBehind || !only?.thing) return [...parts];
  const named = { ...only, thing: { ...only.thing, colour: claims[0]?.value } };
  const first = parts.findIndex(({ kind }) => seen.includes(kind) || kind === 'colour');
  const rest = without(parts.slice(first), ['colour', 'what']).map((atom) => (atom === only ? named : atom));
  return [...parts.slice(0, first), ...rest];
}

/** What says nothing beside what else is said. */
function withoutIdle(parts: Parts): Atom[] {
  const isSounding = has(parts, ['sound', 'sounds', 'hear']);
  const idle = [
    ...(isSounding && has(parts, edges) ? ['happen'] : []),
    ...(has(parts, seen) && !has(parts, ['what', 'how', ...between]) && !isSounding ? ['happen'] : []),
    ...(has(parts, seen) && has(parts, ['deed', 'colour', 'size']) ? ['describe'] : []),
    ...(has(parts, ['colourOf', 'shapeOf', 'sizeOf', 'countOf', 'whenOf', 'deedOf', 'happen']) ? ['have', 'see'] : []),
    ...(has(parts, asking) ? ['what'] : []),
  ];
  const rest = without(parts, idle);
  const isWhere = has(rest, ['whereOf']) && has(rest, ['first', 'last']); // "Where does it go in the end?"
  return isWhere
    ? [{ kind: 'deedOf', value: '' }, ...rest.filter(({ kind, value }) => kind !== 'whereOf' && value !== 'move')]
    : rest.filter(({ kind }, at) => kind !== 'place' || !(has(rest, ['whereOf', 'wayOf']) || at === rest.length - 1));
}

/** "in the first half or later on", "at the start or in the second half" */
function edgesAsChoice(parts: Parts): Atom[] {
  const or = parts.findIndex(({ kind }) => kind === 'or');
  const isChoice = or > 0 && edges.includes(parts[or - 1]?.kind ?? '') && edges.includes(parts[or + 1]?.kind ?? '');
  if (!isChoice) return [...parts];
  const choice = ['first', 'or', 'last'].map((kind) => ({ kind, value: '' }));
  const rest = parts.filter((_, at) => at < or - 1 || at > or + 1);
  return [...rest, ...choice];
}

/** "Is the moon blinking, or the star?" asks which; "Does it move, or does it stay still?" asks whether. */
function whichOfTwo(parts: Parts): Atom[] {
  const [one, deed, or, other, second] = parts;
  if (deed?.kind !== 'deed' || or?.kind !== 'or' || !one?.thing || !other?.thing) return [...parts];
  if (parts.length === 4 && one.kind === 'thing' && other.kind === 'thing') return [{ kind: 'what', value: '' }, deed];
  const isWhether = parts.length === 5 && second?.kind === 'deed' && second.value === 'stay' && one.kind === other.kind;
  return isWhether ? [one, deed] : [...parts];
}

/** "So what have we got here?" */
function lookAlone(parts: Parts): Atom[] {
  const isLook = parts.length > 1 && parts.every(({ kind }) => ['what', 'have', 'see'].includes(kind));
  return isLook ? [{ kind: 'see', value: '' }] : [...parts];
}

/** "After shrinking, what does the star do?" */
function relationLast(parts: Parts): Atom[] {
  const end = parts.findIndex(({ kind }) => kind === 'deed' || kind === 'sound') + 1;
  const isFirst = between.includes(parts[0]?.kind ?? '') && end > 0 && end <= 3 && has(parts.slice(end), asking);
  return isFirst ? [...parts.slice(end), ...parts.slice(0, end)] : [...parts];
}

/** "Are the shapes small?" asks of all. */
function allOfMany(parts: Parts): Atom[] {
  const [subject, claim] = parts;
  const isOfMany = parts.length === 2 && subject?.kind === 'object' && subject.thing?.isDefinite;
  if (!isOfMany || !subject?.thing || !['size', 'colour'].includes(claim?.kind ?? '')) return [...parts];
  return [{ ...subject, thing: { ...subject.thing, isAll: true } }, claim as Atom];
}
