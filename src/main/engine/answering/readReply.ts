/** What a model's reply to one look amounts to, in English. Pure. */

export type Meaning = 'yes' | 'no' | 'absent' | 'nothing' | 'statement';

const NO_BEGINNING = /^(?:no|nope|not|never|none|incorrect|false)\b/;
const YES_BEGINNING = /^(?:yes|yeah|yep|yup|correct|right|true|indeed|certainly|definitely)\b/;

/** The thing that was asked about is not in the stretch, or nothing can be said about it. */
const ABSENT: readonly RegExp[] = [
  /^there(?:'s| is| are| was| were) (?:no|not|never)\b/,
  /^there (?:isn't|aren't|wasn't|weren't)\b/,
  /^no,? there (?:is|are|was|were) (?:no|not)\b/,
  /^i (?:was|am) given no\b/,
  /^i (?:do not|don't|cannot|can't|could not|couldn't|am not able to|am unable to) (?:see|hear|find|tell|know|determine|identify)\b/,
  /\bcan ?not be (?:seen|heard|determined|identified|told|seen or heard|answered)\b/,
  /\b(?:does not|do not|doesn't|don't) (?:appear|contain|show|feature|include|mention|exist)\b/,
  /\b(?:is|are|was|were) not (?:visible|shown|present|seen|heard|mentioned|specified|clear|in the (?:video|clip|picture))\b/,
  /^(?:unknown|unclear|not (?:visible|shown|present|applicable|specified|mentioned))\b/,
  /^none\b/,
];

const NOTHING =
  /^(?:(?:you hear |i hear |there is )?nothing|(?:it is |there is )?(?:silent|silence)|nobody|no one|no sounds?)\b/;

/** @param text the model's words */
export function readReply(text: string): Meaning {
  const said = text.trim().toLowerCase().replaceAll('’', "'");
  if (ABSENT.some((pattern) => pattern.test(said))) return 'absent';
  if (NOTHING.test(said)) return 'nothing';
  if (YES_BEGINNING.test(said)) return 'yes';
  if (NO_BEGINNING.test(said)) return 'no';
  return 'statement';
}

const NUMBERS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** The first number in a reply ("Three.", "I count 12 beeps."), or null. */
export function numberIn(text: string): number | null {
  for (const word of text.toLowerCase().match(/\p{L}+|\d+/gu) ?? []) {
    if (/^\d+$/.test(word)) return Number(word);
    const spelt = NUMBERS.indexOf(word);
    if (spelt >= 0) return spelt;
    if (word === 'no' || word === 'none') return 0;
  }
  return null;
}
