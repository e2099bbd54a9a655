/** Whether a question leans on what was said before, in English: "Which colour was that again?" Pure. */
import { judgeQuestion } from './judgeQuestion.ts';
import { plainQuestion } from './plainQuestion.ts';

/** It goes on from an earlier question or speaks of the talk itself. */
const GOES_ON: readonly RegExp[] = [
  /^(?:and|but|or|then|also)\b/,
  /^(?:so )?(?:what|how) about\b/,
  /^(?:what|who|where|when|anything|anyone|anybody|something|how) else\b/,
  /\bagain$/,
  /\b(?:you|we|i) (?:just |already |have |had )*(?:say|said|mention|mentioned|tell|told|mean|meant|answer|answered|describe|described)\b/,
  /\b(?:as|like) before\b|\bthe same\b.*\b(?:one|thing|as before)\b|\b(?:your|the) (?:last|previous|earlier|first) (?:answer|reply|question|sentence)\b/,
  /^(?:are you (?:sure|certain)|really|seriously|is that (?:so|right|true|all|it)|and (?:then|now)|what then|then what|go on|continue|more|tell me more|explain that|why not|how so|how come|how do you know|in what way)\b/,
  /^(?:no|yes|not|wrong|correct)\b/,
];

/** A wh-word with at most a noun: "Why?", "Which colour?", "How many?" */
const ELLIPSIS = /^(?:why|where|when|who|which|whose|how (?:many|much|long|often|big|far)|(?:which|what) \w+)$/;

const PRONOUN =
  /\b(?:it|its|he|him|his|she|her|hers|they|them|their|theirs)\b|\b(?:that|those|these)\b(?=$| (?:is|are|was|were|again|then|do|does|did|too)\b)|\b(?:the|that|this|which|other|second|first|last|another) ones?\b|\b(?:both|either|neither|all|one|some|none) of them\b/g;

/** "it" that stands for nothing: the weather, the light, the truth of something. */
const EMPTY_IT =
  /\bit (?:is )?(?:true|possible|clear|likely|raining|rain|rains|snowing|snow|snows|dark|light|bright|day|night|morning|evening|winter|summer|silent|quiet|loud|noisy|sunny|cloudy|foggy|windy|cold|warm|hot|indoors|outdoors|inside|outside|always|ever|a (?:photo|video|film|cartoon|drawing|real))\b/;

/** What a pronoun may stand for within the question. */
const ANTECEDENT =
  /\b(?:the|a|an|this|that|these|those|any|some|every|each|no|my|our|your|two|three|four|five|red|orange|yellow|green|blue|black|white)\s+(?!ones?\b|of\b)[a-z]{2,}|\b(?:who|whose|somebody|someone|anybody|anyone|everybody|everyone|nobody|people|men|women|children)\b|^(?:which|what) (?!colou?r|shape|size|time|way|kind|sort|direction|is|are|was|were|do|does|did|one)[a-z]+ (?!is\b|are\b|was\b|were\b|do\b|does\b|did\b|has\b|have\b)[a-z]+/;

/** @param question as the person wrote it, in a talk that has earlier answers */
export function isFollowUp(question: string): boolean {
  const typed = question
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[?.!,\s]+$/, '')
    .trim();
  if (GOES_ON.some((pattern) => pattern.test(typed))) return true;
  const plain = plainQuestion(question);
  const asked = judgeQuestion(question);
  if (asked.kind === 'account' || (asked.kind === 'edge' && asked.isAccount)) return false;
  if (ELLIPSIS.test(plain)) return true;
  return hasLoosePronoun(plain);
}

/** A pronoun before which nothing is named that it could stand for. */
function hasLoosePronoun(plain: string): boolean {
  if (EMPTY_IT.test(plain)) return false;
  for (const { index } of plain.matchAll(PRONOUN)) {
    if (!ANTECEDENT.test(plain.slice(0, index))) return true;
  }
  return false;
}
