/**
 * The last step of reading a question: its parts, whatever their order, in the one order in which they are plainly asked.
 * "Up or down, the triangle?" becomes "the triangle, up or down?", and the frames that read this need not list the other.
 */
import type { Atom } from './atoms.ts';
import { meaningOf } from './nounPhrase.ts';
import type { Token } from './tokens.ts';

/** What a question about the world is made of, in plain order; a part of any other kind is none of the world's. */
const plainOrder =
  `describe countOf whenOf colourOf shapeOf sizeOf wayOf whereOf deedOf happen besides not none thing kind object
  silent sound sounds hear deed behind way colour size pitch more than alike number first last next half left
  together same before after while`.split(/\s+/);
/** Words around a question, which ask for nothing. */
const idle = ['what', 'see', 'have', 'come', 'clip'];
const asked = ['countOf', 'whenOf', 'colourOf', 'shapeOf', 'sizeOf', 'wayOf', 'whereOf'];
const seen = ['thing', 'kind'];
const heard = ['sound', 'sounds', 'hear', 'silent'];
const between = ['before', 'after', 'while'];

type Parts = readonly Atom[];

const has = (parts: Parts, kinds: readonly string[]): boolean => parts.some(({ kind }) => kinds.includes(kind));

/**
 * @param atoms in the order of the words
 * @returns null where a part is none of the world's, where the words are a command, or tell of somebody who does it
 */
export function inPlainOrder(atoms: Parts, tokens: readonly Token[]): Atom[] | null {
  if (isCommand(tokens) || isDoneBySomebody(atoms) || isAboutPeople(atoms)) return null;
  const { parts, choices } = splitChoices(claimsAsKinds(essential(atoms)));
  if (parts.length + choices.length === 0 || !parts.every(({ kind }) => plainOrder.includes(kind))) return null;
  const relation = sightBesideSound(parts, choices);
  if (relation) return relation;
  const isBetween = has(parts, between); // there the order tells which of two is meant
  if (!isBetween && has(parts, heard) && has(parts, seen)) return null;
  if (isBetween && has(atoms, ['what']) && between.includes(parts[0]?.kind ?? '') && parts.length === 3)
    return [{ kind: 'happen', value: '' }, ...parts]; // "After the star vanishes, what comes?"
  const sorted = isBetween ? parts : [...parts].sort((a, b) => placeOf(a) - placeOf(b));
  if (has(atoms, ['see', 'have']) && sorted.length > 1 && sorted.every(({ kind }) => kind === 'kind'))
    return [{ kind: 'see', value: '' }, ...sorted]; // "Are a circle and a square there?", not "Is a circle a square?"
  if (choices.length === 0 || has(sorted, asked)) return sorted;
  const subject = sorted.filter(({ kind }) => seen.includes(kind) || heard.includes(kind));
  const isNumber = choices.some(({ kind, thing }) => kind === 'number' || thing?.number);
  return isNumber ? [{ kind: 'countOf', value: '' }, ...counted(subject, choices)] : [...subject, ...choices];
}

/** "Does the bell come before the star moves or after?" */
function sightBesideSound(parts: Parts, choices: Parts): Atom[] | null {
  const all = [...parts, ...choices];
  const subjects = all.filter(({ kind }) => kind === 'sound' || seen.includes(kind));
  const [first, second] = subjects;
  const deeds = all.filter(({ kind }) => kind === 'deed');
  const isChosen = ['before', 'after'].every((kind) => has(all, [kind])) && choices.length > 0;
  if (!isChosen || !first || !second || subjects.length > 2 || deeds.length !== 1) return null;
  if ((first.kind === 'sound') === (second.kind === 'sound')) return null;
  const which = ['before', 'or', 'after'].map((kind) => ({ kind, value: '' }));
  return first.kind === 'sound' ? [first, ...which, second, ...deeds] : [first, ...deeds, ...which, second];
}

/** "How many of them are red?" counts the red ones. */
function claimsAsKinds(parts: Parts): Atom[] {
  const isCounted = has(parts, ['countOf']) && !has(parts, [...seen, 'sound', 'sounds', 'colourOf']);
  const claimed = parts.filter(({ kind }) => kind === 'colour');
  if (!isCounted || claimed.length !== 1) return [...parts];
  const kind = { kind: 'kind', value: '', thing: { colour: claimed[0]?.value, isDefinite: false, isPronoun: false } };
  return [...parts.filter((one) => one.kind !== 'colour' && one.kind !== 'object'), kind];
}

const placeOf = ({ kind }: Atom): number => plainOrder.indexOf(kind);

/** "Spin the star.", "Change its colour to green." */
function isCommand(tokens: readonly Token[]): boolean {
  const first = tokens.find((token) => !meaningOf(token, 'polite'));
  const isVerb = (meaningOf(first, 'deed') ?? meaningOf(first, 'come')) !== undefined;
  return (
    isVerb && !/(ing|ed|s|ent|ion|still|gone|way)$/.test(first?.text ?? '') && meaningOf(first, 'way') === undefined
  );
}

/** "Who moves the circle?", "Who rings?": nobody is in the world; "Which moves, the circle or the star?" asks of things. */
function isDoneBySomebody(atoms: Parts): boolean {
  const [, deed, thing] = atoms.slice(
    Math.max(
      0,
      atoms.findIndex(({ kind }) => kind === 'what'),
    ),
  );
  const isTransitive = atoms.some(({ kind }) => kind === 'what') && deed?.kind === 'deed';
  return isTransitive && seen.includes(thing?.kind ?? '') && !has(atoms, ['or']);
}

/** "What are they talking about?", "Is the star about to go?" */
function isAboutPeople(atoms: Parts): boolean {
  const who = atoms.findIndex(({ kind, thing }) => thing?.isPronoun || seen.includes(kind));
  return who >= 0 && has(atoms.slice(who), ['describe', 'recount']);
}

/** Without what is idle or said twice. */
function essential(atoms: Parts): Atom[] {
  const told = atoms.filter(({ kind }) => !idle.includes(kind));
  const isAsked = has(told, asked);
  const isNamed = told.some(({ kind, thing }) => [...seen, 'sound'].includes(kind) && !thing?.isPronoun);
  return told.flatMap((atom, at): Atom[] => {
    const { kind, value } = atom;
    if (isSaidTwice(told, at)) return [];
    if (kind === 'describe' && isAsked) return []; // "What about the colour of the ring?"
    if (kind === 'hear' && has(told, ['sound', 'sounds'])) return [];
    if (kind === 'deed' && value === 'move' && !isAsked && has(told, ['way'])) return []; // "upwards … goes"
    if (kind === 'place' && isAsked && (value === 'for' || asked.includes(told[at + 1]?.kind ?? ''))) return [];
    if ((kind === 'deedOf' || kind === 'happen') && (isAsked || (isNamed && has(told, ['deed'])))) return [];
    if (kind === 'how') return told.some((one) => one.thing?.isDefinite) ? [{ kind: 'deedOf', value: '' }] : [atom];
    return [atom];
  });
}

/** "that heart, is it red": a word that only points at what is named; "Can it reach the star?" tells of another. */
function isSaidTwice(parts: Parts, at: number): boolean {
  const { kind, thing } = parts[at] as Atom;
  const isSubject = parts[at + 1]?.kind === 'deed' && seen.includes(parts[at + 2]?.kind ?? '');
  const others = parts.filter((one, i) => i !== at && [...seen, 'sound'].includes(one.kind) && !one.thing?.isPronoun);
  if (kind === 'deedOf') return has(parts.slice(0, at), between) && has(parts, ['deed']); // "before the circle does"
  if (between.includes(kind) && parts[at - 1]?.kind !== 'or')
    return at === parts.length - 1 && has(parts.slice(0, at), between); // "after it, what follows"
  if (kind !== 'thing' && kind !== 'object') return false;
  if (thing?.isPronoun) {
    const isCounted = has(parts, ['object']) && !has(parts, ['deed', 'deedOf', 'describe']);
    const isOfDeed = has(parts, ['shapeOf', 'colourOf']) && has(parts, ['deed']); // "Which shape is it that spins?"
    return (others.length > 0 && !isSubject) || (kind === 'thing' && isCounted) || isOfDeed;
  }
  return kind === 'object' && others.length > 0 && (thing?.number ?? 'one') === 'one' && !thing?.compare;
}

/** "red or blue", "left, right or up": two or more of a kind, joined by "or" or merely listed. */
function splitChoices(parts: Parts): { parts: Atom[]; choices: Atom[] } {
  const [one, other] = ['colour', 'size'].map((kind) => parts.filter((part) => part.kind === kind)).find(isList) ?? [];
  if (one && other && !has(parts, ['or']))
    return { parts: parts.filter(({ kind }) => kind !== one.kind), choices: [one, { kind: 'or', value: '' }, other] };
  const or = parts.findIndex(({ kind }) => kind === 'or');
  const last = parts.findLastIndex(({ kind }) => kind === 'or');
  if (or < 1 || last === parts.length - 1) return { parts: [...parts], choices: [] };
  const start = or - 1;
  const end = last + 2;
  return { parts: [...parts.slice(0, start), ...parts.slice(end)], choices: parts.slice(start, end) };
}

const isList = (parts: Parts): boolean => parts.length > 1;

function counted(subject: Parts, choices: Parts): Atom[] {
  const [named] = [...subject, ...choices].filter(({ kind, thing }) => kind === 'sound' || thing);
  const { number: _, compare: __, ...thing } = named?.thing ?? { isDefinite: false, isPronoun: false };
  return [{ kind: named?.kind ?? 'object', value: named?.value ?? '', thing }];
}
