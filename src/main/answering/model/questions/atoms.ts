/** A question's words to the few things that it is made of, in order: "colourOf" and "thing" of "What colour is it?" */
import { isAskedFor, meaningOf, nounPhraseAt, type ThingPhrase } from './nounPhrase.ts';
import { isAddressed, type Token } from './tokens.ts';
import {
  followsClip,
  isAuxiliary,
  isCleft,
  isHere,
  isLast,
  isLook,
  isNamesNoun,
  isPerfect,
  isPlaced,
  isRemaining,
  isRest,
  isSetApart,
  isWitness,
} from './wordRoles.ts';

export interface Atom {
  /** What it is, as the frames name it: "thing", "sound", "deed", "colourOf", "before", … */
  kind: string;
  value: string;
  /** Of things, and of the thing behind which another passes. */
  thing?: ThingPhrase;
}

/** Words that stand for themselves, whatever is around them. */
const plain = ['order', 'way', 'silent', 'happen', 'describe', 'recount', 'or', 'see', 'hear'] as const;

export function atomsOf(tokens: readonly Token[]): Atom[] {
  const atoms: Atom[] = [];
  for (let at = 0; at < tokens.length; ) at = readAtom(tokens, at, atoms);
  return joined(atoms);
}

/** @returns the position behind what it read */
function readAtom(tokens: readonly Token[], at: number, atoms: Atom[]): number {
  const token = tokens[at] as Token;
  if (isSoundVerb(token, atoms) || isRest(token) || isPerfect(tokens, at)) return at + 1;
  if (isAddressed(tokens, at)) return at + 1;
  if (isHere(tokens, at)) return at + 2;
  if (isCleft(tokens, at)) return at + 2;
  if (meaningOf(token, 'seem') && isLook(tokens[at + 1])) return at + 1; // "does it look small"
  if (meaningOf(token, 'front')) return readFront(tokens, at, atoms);
  if (/nothing$/.test(token.text) && meaningOf(tokens[at + 1], 'deed')) {
    atoms.push({ kind: 'none', value: '' }); // "does nothing move"
    return at + 1;
  }
  const verb = meaningOf(token, 'sound');
  if (verb !== undefined && meaningOf(token, 'shape') && atoms.at(-1)?.thing?.isPronoun) {
    atoms.push({ kind: 'sound', value: verb }); // "does it ring"
    return at + 1;
  }
  const phrase = isAskedFor(tokens, at) ? null : nounPhraseAt(tokens, at);
  if (phrase) {
    const { sort, thing, sound, next } = phrase;
    if (sort === 'sound') atoms.push({ kind: sound === 'any' ? 'sounds' : 'sound', value: sound ?? '', thing });
    else atoms.push({ kind: sort, value: '', thing });
    return next;
  }
  const deed = meaningOf(token, 'deed');
  if (token.text === 'still' && meaningOf(tokens[at + 1], 'deed')) return at + 1; // "still moving"
  if (deed !== undefined && !meaningOf(tokens[at + 1], 'or') && isSweeping(deed, atoms.at(-1))) return at + 1;
  if (deed !== undefined) return readDeed(tokens, at, deed, atoms);
  atoms.push(...singleAtom(tokens, at, atoms));
  return at + 1;
}

/** "the bell rings", "how does it sound": the verb adds nothing to the sound that was named. */
function isSoundVerb(token: Token, atoms: readonly Atom[]): boolean {
  const last = atoms.at(-1);
  const value = meaningOf(token, 'sound');
  return (
    value !== undefined && last?.kind === 'sound' && (value === last.value || meaningOf(token, 'hear') !== undefined)
  );
}

/** A tone that rises is a rising sweep. */
function isSweeping(deed: string, last: Atom | undefined): boolean {
  if (last?.kind !== 'sound' || !['tone', 'sweep'].includes(last.value) || !['up', 'down'].includes(deed)) return false;
  last.value = deed === 'up' ? 'rising sweep' : 'falling sweep';
  return true;
}

function readDeed(tokens: readonly Token[], at: number, deed: string, atoms: Atom[]): number {
  let next = at + 1;
  while (tokens[next] && isRest(tokens[next] as Token)) next += 1;
  const way = meaningOf(tokens[next], 'way');
  if (deed === 'behind') {
    const behind = nounPhraseAt(tokens, next);
    atoms.push({ kind: 'deed', value: 'behind', thing: behind?.thing });
    return behind?.next ?? at + 1;
  }
  const isNot = atoms.at(-1)?.kind === 'not' && (deed === 'move' || deed === 'change');
  if (isNot) atoms.pop();
  const isAlong = way !== undefined && ['move', 'spin', 'up', 'down', 'vanish'].includes(deed);
  atoms.push({ kind: 'deed', value: isNot ? 'stay' : isAlong ? way : deed });
  return isAlong ? next + 1 : at + 1;
}

/** "What is in front of the star?", "Which object hides the star?"; "Is it hidden?" is to be behind something. */
function readFront(tokens: readonly Token[], at: number, atoms: Atom[]): number {
  const behind = nounPhraseAt(tokens, at + 1);
  if (behind === null) atoms.push({ kind: 'deed', value: 'behind' });
  else atoms.push({ kind: 'behind', value: 'front', thing: behind.thing });
  return behind?.next ?? at + 1;
}

function singleAtom(tokens: readonly Token[], at: number, atoms: readonly Atom[]): Atom[] {
  const token = tokens[at] as Token;
  if (token.text === 'different') return isSetApart(tokens, at) ? [{ kind: 'alike', value: 'different' }] : [];
  const attribute = meaningOf(token, 'attribute');
  if (attribute === 'deed' && isAuxiliary(tokens, at)) return [];
  if (attribute) return [{ kind: `${attribute}Of`, value: '' }];
  const ask = meaningOf(token, 'ask');
  if (ask && isNamesNoun(tokens, at)) return [{ kind: 'unknown', value: token.text }];
  if (ask) return [askAtom(tokens, at, ask)];
  const conjunction = meaningOf(token, 'when');
  if (conjunction) return [{ kind: conjunction, value: '' }];
  if (isRemaining(tokens, at)) return [{ kind: 'left', value: '' }];
  for (const category of plain) {
    const value = meaningOf(token, category);
    if (value) return [{ kind: category === 'order' ? value : category, value }];
  }
  const time = meaningOf(token, 'time');
  if (time) return [timeAtom(time)];
  const more = meaningOf(token, 'more');
  if (more && atoms.some(({ kind, value }) => kind === 'deed' && ['grow', 'shrink'].includes(value)))
    return [{ kind: 'deed', value: more === 'large' ? 'grow' : 'shrink' }]; // "becoming smaller or larger"
  for (const category of ['more', 'together', 'alike', 'colour', 'size', 'number', 'pitch', 'not']) {
    const value = meaningOf(token, category);
    if (value) return [{ kind: category, value }];
  }
  if (meaningOf(token, 'clip')) return isPlaced(tokens, at) ? [] : [{ kind: 'clip', value: '' }];
  if (meaningOf(token, 'place') && (followsClip(tokens, at) || isLast(tokens, at))) return [];
  if (meaningOf(token, 'someone') && meaningOf(tokens[at + 1], 'sound')) return [];
  if (meaningOf(token, 'person') && isWitness(tokens, at)) return [];
  if (meaningOf(token, 'determiner') || meaningOf(tokens[at + 1], 'clip')) return [];
  if (meaningOf(token, 'head') === 'nothing') return [{ kind: 'none', value: '' }];
  return [{ kind: token.meanings[0]?.split(':')[0] ?? 'unknown', value: token.text }];
}

/** "When does it ring?" asks; in "when it rings" the word is "while". */
function askAtom(tokens: readonly Token[], at: number, ask: string): Atom {
  if (ask !== 'when')
    return { kind: ask === 'what' || ask === 'who' ? 'what' : ask === 'how' ? 'how' : `${ask}Of`, value: '' };
  const before = tokens.slice(0, at);
  const follows = tokens[at + 1];
  const isFirst = before.every(isRest);
  const asks =
    tokens[at]?.text !== 'when' ||
    (isFirst && (before.length > 0 || !!meaningOf(follows, 'be') || !!meaningOf(follows, 'help')));
  return { kind: asks ? 'whenOf' : 'while', value: '' };
}

function timeAtom(time: string): Atom {
  if (time === 'start') return { kind: 'first', value: 'start' };
  return time === 'end' ? { kind: 'last', value: 'end' } : { kind: 'half', value: time };
}

/** Sounds and things that are named twice: "the star, what colour is it?", "sound of a bell", "does it beep?" */
function joined(atoms: readonly Atom[]): Atom[] {
  const isNamed = (kinds: readonly string[]) => atoms.some(({ kind }) => kinds.includes(kind));
  return atoms.filter((atom, at) => {
    const before = atoms.slice(0, at).map(({ kind }) => kind);
    if (atom.thing?.isPronoun && ['thing', 'kind', 'sound', 'sounds'].some((kind) => before.includes(kind)))
      return false;
    if ((atom.thing?.isPronoun || atom.kind === 'object') && atoms[at + 1]?.kind.startsWith('sound')) return false;
    if (atom.kind === 'countOf' && before.includes('countOf')) return false;
    return !(atom.kind === 'sounds' && isNamed(['sound']));
  });
}
