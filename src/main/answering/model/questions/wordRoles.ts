/** What a word does where it stands: "do" that only asks, "one" who sees, "in" before the clip. */
import { meaningOf, nounPhraseAt } from './nounPhrase.ts';
import type { Token } from './tokens.ts';

/** "in different directions", not "how many different colours". */
export function isSetApart(tokens: readonly Token[], at: number): boolean {
  const isCounted = tokens.some((token) => meaningOf(token, 'attribute') === 'count' || meaningOf(token, 'ask'));
  return !isCounted && (at === tokens.length - 1 || meaningOf(tokens[at + 1], 'attribute') !== undefined);
}

/** "What is left at the end?" */
export function isRemaining(tokens: readonly Token[], at: number): boolean {
  const isState = meaningOf(tokens[at], 'way') === 'left' && meaningOf(tokens[at - 1], 'be') !== undefined;
  return isState && (at === tokens.length - 1 || meaningOf(tokens[at + 1], 'time') !== undefined);
}

/** "do you see", "does it do": the last "do" is the question, the first is none. */
export function isAuxiliary(tokens: readonly Token[], at: number): boolean {
  if (/ing$|^behav/.test(tokens[at]?.text ?? '')) return false;
  const asksBehind = at === tokens.length - 1 || tokens[at + 1]?.text === 'what'; // "The star does what?"
  if (/^(does|did)$/.test(tokens[at]?.text ?? '')) return !asksBehind;
  const verbs = ['sound', 'deed', 'see', 'hear', 'have', 'happen', 'attribute', 'describe'];
  const clause = tokens.slice(at + 1);
  const end = clause.findIndex((token) => meaningOf(token, 'when') !== undefined);
  return clause
    .slice(0, end < 0 ? undefined : end)
    .some((token) => verbs.some((verb) => meaningOf(token, verb) !== undefined));
}

/** "What is the first name?", not "Name the first thing." */
export function isNamesNoun(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  return tokens[at]?.text === 'name' && (meaningOf(before, 'determiner') ?? meaningOf(before, 'order')) !== undefined;
}

/** "Which way does it go in?" */
export function isLast(tokens: readonly Token[], at: number): boolean {
  return /^(in|into|at|towards?)$/.test(tokens[at]?.text ?? '') && at === tokens.length - 1;
}

/** "in the clip", "of this video" */
export function isPlaced(tokens: readonly Token[], at: number): boolean {
  let before = at - 1;
  while (
    meaningOf(tokens[before], 'determiner') ||
    meaningOf(tokens[before], 'pronoun') ||
    meaningOf(tokens[before], 'polite')
  )
    before -= 1;
  return meaningOf(tokens[before], 'place') !== undefined || meaningOf(tokens[before], 'of') !== undefined;
}

export function followsClip(tokens: readonly Token[], at: number): boolean {
  let next = at + 1;
  while (
    meaningOf(tokens[next], 'determiner') ||
    meaningOf(tokens[next], 'pronoun') ||
    meaningOf(tokens[next], 'polite')
  )
    next += 1;
  const token = tokens[next];
  return (
    ['clip', 'time', 'attribute', 'order'].some((category) => meaningOf(token, category) !== undefined) ||
    meaningOf(token, 'sound') === 'any'
  );
}

/** "you" who sees or hears, not "you" who is asked about. */
export function isWitness(tokens: readonly Token[], at: number): boolean {
  let next = at + 1;
  while (tokens[next] && isRest(tokens[next] as Token)) next += 1;
  if (meaningOf(tokens[next], 'attribute') === 'count') return true;
  if (meaningOf(tokens[next], 'have') && next === tokens.length - 1) return true; // "What sound do we have?"
  const isNamed = tokens.slice(0, at).some((token) => meaningOf(token, 'shape') ?? meaningOf(token, 'head'));
  if (
    meaningOf(tokens[next], 'have') &&
    (meaningOf(tokens[next + 1], 'place') ?? meaningOf(tokens[next + 1], 'time')) &&
    !isNamed
  )
    return true; // "do we have in it"
  return ['see', 'hear', 'describe', 'ask'].some((category) => meaningOf(tokens[next], category) !== undefined);
}

/** "in this", "in there" */
export function isHere(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.text !== 'in') return false;
  const next = tokens[at + 1];
  if (next?.text === 'there' || next?.text === 'here') return true;
  return nounPhraseAt(tokens, at + 1)?.thing.isPronoun === true;
}

/** Words that carry nothing here. */
export function isRest(token: Token): boolean {
  return token.meanings.every((meaning) => ['polite', 'be', 'help', 'of', 'that', 'and', 'clause'].includes(meaning));
}

/** "has shrunk", "starts spinning", "begins to spin" */
export function isPerfect(tokens: readonly Token[], at: number): boolean {
  const isBegun = /^(begin|start)/.test(tokens[at]?.text ?? '') && meaningOf(tokens[at], 'time') === 'start';
  const isAuxiliaryVerb = isBegun || meaningOf(tokens[at], 'have') || meaningOf(tokens[at], 'come');
  const next = isBegun && tokens[at + 1]?.text === 'to' ? at + 2 : at + 1;
  return !!isAuxiliaryVerb && meaningOf(tokens[next], 'deed') !== undefined;
}

/** "small" of "does it look small" */
export function isLook(token: Token | undefined): boolean {
  return ['colour', 'size', 'shape'].some((category) => meaningOf(token, category) !== undefined);
}

/** "it" of "Who is it that moves?" */
export function isCleft(tokens: readonly Token[], at: number): boolean {
  const isAsked = tokens.slice(0, at).some((token) => meaningOf(token, 'ask') !== undefined);
  return isAsked && tokens[at]?.text === 'it' && meaningOf(tokens[at + 1], 'that') !== undefined;
}
