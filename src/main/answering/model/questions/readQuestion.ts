/** A person's question, read by what its words mean, and told again in the words that the model was trained on. */
import type { Atom } from './atoms.ts';
import { atomsOf } from './atoms.ts';
import { bothHold } from './bothHold.ts';
import { clausesOf, isAskedFor, nameIn, withoutPreface, withoutTag } from './clauses.ts';
import type { Further, Plan, Premise } from './frame.ts';
import { planOf } from './frames.ts';
import { meaningOf } from './nounPhrase.ts';
import { inPlainOrder } from './plainOrder.ts';
import type { QuestionWords } from './questionsFile.ts';
import { reduced } from './reduced.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Unknown words that are named; more would be a list. */
const MOST_NAMED = 3;

export interface QuestionReading {
  /** False: it is about something that the model cannot know, and the model is not asked. */
  isInDomain: boolean;
  /** Words that are none of its world's; empty where known words make no question about it. */
  unknownWords: string[];
  /** What sort of question it is ("colour", "sound count", "account"); "any" for a model that may be asked anything. */
  kind: string;
  /** In the model's own words; the question itself where it is left as it is. */
  asked: string;
  /** Several questions in one: each is asked by itself. */
  each?: readonly string[];
  /** What is asked after that, as its answer says. */
  further?: (answer: string) => readonly Further[];
  /** The answer to the question as it was put, from the model's answers. */
  tell?: (answer: string, further: readonly string[]) => string;
  /** To be asked first: where one is denied, it is not asked. */
  takesForGranted?: readonly Premise[];
  /** What the person is told in place of an answer. */
  declined?: string;
}

/** @param lexicon null for a model that may be asked anything */
export function readQuestion(lexicon: QuestionWords | null, question: string): QuestionReading {
  if (lexicon === null) return { isInDomain: true, unknownWords: [], kind: 'any', asked: question };
  const { stem, options } = splitOptions(question);
  const name = nameIn(stem);
  const { tokens, unknown } = tokensOf(withoutTag(stem), lexicon);
  const unknownWords = [...new Set(name === null ? unknown : [name, ...unknown])];
  const bare = withoutPreface(question);
  if (unknown.length > 0 && bare !== question) {
    const reading = readQuestion(lexicon, bare);
    if (reading.isInDomain) return reading;
  }
  if (unknownWords.length > 0) return notUnderstood(lexicon, question, unknownWords);
  const clauses = clausesOf(stem);
  const parted = clauses.length > 1 && clauses.every(isAskedFor) ? readEach(lexicon, clauses) : null;
  if (parted) return parted;
  const listed = planFor(tokens, lexicon);
  const inOne = listed ?? planInPlainOrder(atomsOf(tokens), tokens, lexicon);
  const isOne =
    listed !== null ||
    clauses[0] === stem ||
    (inOne !== null && clauses.some((clause) => isFragment(tokensOf(clause, lexicon).tokens)));
  const plan = isOne ? inOne : null;
  if (plan === null) {
    const each = isOne ? null : readEach(lexicon, clauses);
    if (each) return each;
  }
  const last = plan ?? (clauses[0] === stem ? planReduced(tokens, lexicon) : null);
  if (last === null) return notUnderstood(lexicon, question, []);
  return { isInDomain: true, unknownWords: [], ...(options === '' ? last : withOptions(last, stem, options)) };
}

/** @returns null where one of the questions is none that it understands */
function readEach(lexicon: QuestionWords, clauses: readonly string[]): QuestionReading | null {
  const readings = clauses.map((clause) => readQuestion(lexicon, clause));
  if (readings.some(({ isInDomain }) => !isInDomain)) return null;
  const [only] = readings;
  if (only && readings.length === 1) return only;
  return { isInDomain: true, unknownWords: [], kind: 'several', asked: clauses.join(' '), each: clauses };
}

function notUnderstood(lexicon: QuestionWords, asked: string, unknownWords: string[]): QuestionReading {
  return { isInDomain: false, unknownWords, kind: 'unknown', asked, declined: declinedAnswer(lexicon, unknownWords) };
}

function declinedAnswer({ knows, examples }: QuestionWords, unknownWords: readonly string[]): string {
  const names = unknownWords.slice(0, MOST_NAMED).map((word) => `“${word}”`);
  const reason =
    names.length > 0 ? `it does not know ${names.join(', ')}` : 'this is no question about them that it understands';
  return `The sample model knows only ${knows}; ${reason}. It can be asked, for example: ${examples.map((text) => `“${text}”`).join(' ')}`;
}

const optionsStart = /\s*(?:(?:Options|Choices):)?\s*(?:\([aA]\)|\bA[).:])\s*\S[\s\S]*?(?:\([bB]\)|\bB[).:])\s/;

/** "Which object spins?\n(A) The star (B) The ring\nAnswer with the letter." */
function splitOptions(question: string): { stem: string; options: string } {
  const at = question.search(optionsStart);
  return at <= 0 ? { stem: question, options: '' } : { stem: question.slice(0, at), options: question.slice(at) };
}

/** The model chooses by itself: what is else told from the answer to another question is asked as it was put. */
function withOptions({ kind, asked, tell }: Plan, stem: string, options: string): Plan {
  return { kind, asked: `${tell ? stem : asked}${options}` };
}

/** What "see" and "hear" say where nothing else does; beside these they say nothing new. */
const fuller = {
  see: ['thing', 'kind', 'object', 'colour', 'deed', 'countOf', 'colourOf', 'shapeOf', 'sizeOf', 'sound', 'sounds'],
  hear: ['sound', 'sounds'],
};
const meanwhile = ['before', 'after', 'while'];

/** Without the words that only tell that it is an open question, or that one sees and hears. */
function partsOf(atoms: readonly Atom[], tokens: readonly Token[]): Atom[] {
  const has = (kinds: readonly string[]) => atoms.some(({ kind }) => kinds.includes(kind));
  const isFuller = (sense: 'see' | 'hear') => has(fuller[sense]) && !has(meanwhile);
  // "Isn't it red?" asks what "Is it red?" asks.
  const asked = atoms[0]?.kind === 'not' ? atoms.slice(1) : atoms;
  const idle = ['what', ...(isHeard(atoms) ? ['come'] : []), ...(['see', 'hear'] as const).filter(isFuller)];
  const parts = asked
    .filter(({ kind }) => !idle.includes(kind))
    .flatMap((atom) => (isHeard(atoms) ? atom : halfAsOrder(atom)));
  const [subject, verb, object] = parts; // "Does this have a ring?"
  if (subject?.thing?.isPronoun && verb?.kind === 'have' && object?.kind === 'kind') return parts.slice(2);
  const isAboutClip = parts.length === 0 && tokens.some((token) => meaningOf(token, 'clip'));
  return isAboutClip ? [{ kind: 'see', value: 'see' }] : parts; // "What is in this clip?"
}

const isHeard = (atoms: readonly Atom[]): boolean => atoms.some(({ kind }) => kind === 'sound' || kind === 'sounds');

/** Of what is seen the order stands for the half; the value tells that a half was asked for. */
function halfAsOrder(atom: Atom): Atom[] {
  if (atom.kind !== 'half') return [atom];
  if (atom.value === 'all') return [];
  return [atom.value === 'first' ? { kind: 'first', value: 'first half' } : { kind: 'last', value: 'second half' }];
}

const openKinds = ['what', 'how', 'describe', 'recount'];

/** Asks it for something rather than for yes or no? */
function isOpen(atoms: readonly Atom[]): boolean {
  const isCompared = atoms.some(({ kind }) => kind === 'alike'); // "Do they have the same colour?"
  return atoms.some(({ kind }) => openKinds.includes(kind) || (kind.endsWith('Of') && !isCompared));
}

/** "Which moves first, the star or the ring?" asks what "Which moves first?" asks. */
function withoutChoices(parts: readonly Atom[]): readonly Atom[] {
  const or = parts.findIndex(({ kind }) => kind === 'or');
  const isChoice = or > 1 && parts[or - 1]?.kind === parts[or + 1]?.kind && or + 2 === parts.length;
  const isOfSounds = isChoice && parts[or - 1]?.kind === 'sound';
  return isChoice ? [...parts.slice(0, or - 1), ...(isOfSounds ? [{ kind: 'sounds', value: '' }] : [])] : parts;
}

/** Words that a frame may do without where it makes no sense with them. */
const dispensable = ['see', 'have', 'clip', 'come', 'next', 'together'];

/** "Towards where does it go?", "Which direction for the star?": a place word beside what asks for one says nothing new. */
function withoutPlaces(parts: readonly Atom[]): readonly Atom[] {
  const asksPlace = ({ kind }: Atom) => kind === 'wayOf' || kind === 'whereOf';
  return parts.some(asksPlace) ? parts.filter(({ kind }) => kind !== 'place') : parts;
}

/** @returns null for what makes no question about the world */
function planFor(tokens: readonly Token[], lexicon: QuestionWords): Plan | null {
  const atoms = atomsOf(tokens);
  const parts = partsOf(atoms, tokens);
  if (atoms[0]?.kind === 'come' && !isOpen(atoms)) return null; // "Play the sound." is a command
  const plan = (some: readonly Atom[]) => planOf(some, isOpen(atoms), lexicon);
  const bare = withoutPlaces(isOpen(atoms) ? withoutChoices(parts) : parts).filter(
    ({ kind }) => !dispensable.includes(kind),
  );
  return plan(parts) ?? (isOpen(atoms) ? plan(withoutChoices(parts)) : null) ?? (bare.length > 0 ? plan(bare) : null);
}

/** For what no frame reads in the order in which it was put. */
function planInPlainOrder(atoms: readonly Atom[], tokens: readonly Token[], lexicon: QuestionWords): Plan | null {
  const parts = atoms.flatMap((atom) => (isHeard(atoms) ? atom : halfAsOrder(atom)));
  const plain = inPlainOrder(parts, tokens);
  if (plain === null) return null;
  const asksFor = isOpen([...atoms.filter(({ kind }) => kind === 'what'), ...plain]);
  const isClaim = /^thing (colour|size)$/.test(plain.map(({ kind }) => kind).join(' '));
  const otherwise = asksFor ? isClaim : isFragment(tokens); // "Large, is that what it is?", "First mover?"
  return planOf(plain, asksFor, lexicon) ?? (otherwise ? planOf(plain, !asksFor, lexicon) : null);
}

/** For what is not read in plain order either, for all that is said around it. */
function planReduced(tokens: readonly Token[], lexicon: QuestionWords): Plan | null {
  const atoms = atomsOf(tokens);
  const claimed = bothHold(atoms, (claim) => planOf(claim, false, lexicon));
  const parts = reduced(atoms, tokens);
  if (claimed || parts === null) return claimed;
  const halves = parts.flatMap((atom) => (isHeard(parts) ? atom : halfAsOrder(atom)));
  const bare = halves.length > 1 ? halves.filter(({ kind }) => kind !== 'what') : halves;
  const asksFor = isOpen(parts) || (isOpen(atoms) && parts[0]?.kind === 'see');
  return planOf(bare, asksFor, lexicon) ?? planInPlainOrder(parts, tokens, lexicon);
}

/** Without a verb. */
function isFragment(tokens: readonly Token[]): boolean {
  return !['be', 'help', 'have', 'see'].some((verb) => tokens.some((token) => meaningOf(token, verb) !== undefined));
}
