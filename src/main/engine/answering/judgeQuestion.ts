/**
 * What kind of answer a question asks for, judged by how it is worded, in English: it decides how the answers of
 * several scenes are joined. Nothing here knows what the footage shows. Pure.
 */
import { mediaWords, plainQuestion } from './plainQuestion.ts';
import { capital, presenceQuestion } from './presence.ts';
import { type Order, readOrder } from './readOrder.ts';

export type AskedFor =
  /** What happens: a description of everything. */
  | { kind: 'account' }
  | { kind: 'yesNo'; needs: 'any' | 'all' }
  | { kind: 'count' }
  /** Times of something, which one scene is asked for as a question of yes or no. */
  | { kind: 'when'; event: string; counts: boolean }
  | Order
  /** Which thing does something: each reply can be checked by a claim, "Is it true that the red circle {deed}?" */
  | { kind: 'who'; deed: string }
  | { kind: 'open' };

const SEEN =
  '(?:do (?:you|we|i) see|can (?:you|we|i|one|be)(?: all)? (?:see|seen)|(?:is|are) (?:seen|shown|visible|depicted|displayed|to be seen|present|there)|is there(?: to see)?|are there|appears?)';
const ALL = `(?:${mediaWords}|it|this|that|everything|all|(?:the )?(?:whole thing|content|contents|action|events?|plot|story))`;

const ACCOUNT: readonly RegExp[] = [
  /^what(?: all)? (?:happens|happened|is happening|has happened|will happen|goes on|is going on|went on|occurs|is occurring|takes place|is taking place|is up|unfolds)$/,
  /^what (?:is|was) (?:this|that|it)(?: all)?(?: about)?$/,
  /^what is (?:on|going on)$/,
  /^what (?:is|are)(?: there| in (?:here|there))?$/,
  new RegExp(`^what (?:exactly |all |else )?${SEEN}(?: and hear(?:d)?)?$`),
  new RegExp(
    `^(?:what|which) (?:kinds? of |sorts? of )?(?:things|objects|shapes|people|persons|items|figures|events|scenes)(?: all)? ${SEEN}$`,
  ),
  new RegExp(`^what (?:is|was) (?:the |this |that )?${ALL} (?:about|of|showing)$`),
  new RegExp(
    `^what (?:does|do) (?:the |this |that )?${ALL} (?:show|contain|depict|have|consist of|look like|include)$`,
  ),
  new RegExp(`^what (?:is|are) (?:in|on|inside) (?:the |this |that |it|here)?(?:${mediaWords})?$`),
  new RegExp(
    `^(?:describe|summari[sz]e|caption|recap|recount|outline|narrate|explain|sum up|go through|walk me through|run through)(?: (?:the |this |that |my )?(?:whole |entire |full )?${ALL})?(?: to me| for me| up)?$`,
  ),
  /^(?:describe|explain|recount|list|say|report|note|write down) (?:briefly |shortly )?(?:to me )?(?:what|all that|everything(?: that)?) .*(?:happens|happening|going on|goes on|see|hear|seen|shown|occurs|there|heard)$/,
  /^(?:(?:give|write|make|get|provide|create|produce)(?: me| us)? )?(?:a |an |the |some )?(?:\w+ ){0,2}(?:summary|description|caption|overview|account|outline|recap|rundown|synopsis|gist)\b/,
  new RegExp(`^(?:(?:all |everything )?about )(?:the |this |that |my )?${ALL}$`),
  /^list (?:everything|all|(?:all )?(?:of )?(?:the )?(?:things|objects|events|shapes|scenes|people)(?: (?:that )?(?:you see|are there|appear|happen|there are))?)$/,
  new RegExp(`^how does (?:the |this )?${ALL} (?:change|go|develop|unfold|look|proceed|progress)$`),
  /^in (?:what|which) order (?:do|does|did|are) (?:the )?(?:things?|events?|objects?|shapes?|they|everything|it all|scenes)\b.*$/,
];

const AUXILIARY = '(?:is|are|was|were|am|do|does|did|can|could|will|would|has|have|had|should|may|might|must)';
const YES_NO: readonly RegExp[] = [
  new RegExp(`^${AUXILIARY} .+`),
  new RegExp(`^${AUXILIARY} not .+`),
  /^(?:if|whether)\b.+/,
  /^(?:any|anything|anybody|anyone|somebody|someone|something)\b.*/,
  /.+,? (?:right|correct|true|yes|no|is it not|are there not|is there not|does it not|is that so|or not)$/,
];
/** Among these "or" joins what is looked for; elsewhere it offers answers. */
const WHETHER_ANY =
  /^(?:\w+ (?:not )?(?:there|any\w*|some\w*|(?:you|we|i) (?:see|hear|notice|find)) |(?:if|whether|any\w*|some\w*)\b)/;
const FOR_ALL =
  /\b(?:always|all the time|(?:the )?whole time|all along|all through|throughout|every (?:scene|time|moment|second|part|clip)|each (?:scene|part|clip)|constantly|permanently|never|only)\b/;

const COUNT =
  /^(?:how many|how often|how much|count\b|(?:what is )?(?:the )?(?:number|amount|count|total) of\b|a count of\b)/;
const WHEN: readonly RegExp[] = [
  /^(?:when(?: exactly)?|(?:at|in|on|during|from) (?:what|which) (?:point|time|moment|second|minute|stage|scene|part|clip|segment|place)s?(?: of (?:it|the \w+))?|(?:at )?what times?|since when|how long into it)\s+(?<rest>.+)$/,
  /^(?:what|which) (?:scene|part|moment|segment|section|clip|bit|stretch)e?s? (?<shows>shows?|has|have|contains?|features?|includes?|is with|are with|with)\s+(?<rest>.+)$/,
  /^where (?:in|within) (?:it|(?:the|this) \w+)\s+(?<rest>.+)$/,
  /^in (?<many>how many) (?:scene|part|moment|segment|section|clip|stretch)e?s? (?<rest>.+)$/,
  /^(?<many>how many) (?:scene|part|moment|segment|section|clip|stretch)e?s?(?: are there)?(?: (?<shows>shows?|has|have|contains?|features?|includes?|with|that have|that show|(?:do|can) you see|is there|are there))\s+(?<rest>.+)$/,
];

const WHO =
  /^(?:who|what(?: else)?|which(?: one| of (?:the|these) \w+| \w+)?|what (?:thing|object|shape|sound|person|animal))(?: is the (?:one|thing|object|shape|person) (?:that|who|which))? (?<deed>(?!(?:do|does|did|can|could|will|would|should|has|have|about|of|if|kind|sort|colou?r|shape|size|way|direction|time|number|order|the|a|an)\b)(?:(?:is|are|was|were) (?!(?:the|a|an|it|he|she|they|this|that|there|his|her|its|their|your|my|doing|happening|going|in|on|at|about|like|written|said|spoken|told|called|named|wrong|new|next|left)\b)[a-z]+.*|(?!is\b|was\b)[a-z]+(?:s|ed)\b(?! (?:is|are|was|were|do|does|did|can|has|have)\b).*))$/;

/** @param question as the person wrote it */
export function judgeQuestion(question: string): AskedFor {
  const plain = plainQuestion(question);
  const order = readOrder(plain);
  if (order) return order;
  if (ACCOUNT.some((pattern) => pattern.test(plain))) return { kind: 'account' };
  const when = readWhen(plain);
  if (when) return when;
  if (COUNT.test(plain)) return { kind: 'count' };
  if (isYesNo(plain)) return { kind: 'yesNo', needs: FOR_ALL.test(plain) ? 'all' : 'any' };
  const deed = WHO.exec(plain)?.groups?.deed;
  return deed === undefined ? { kind: 'open' } : { kind: 'who', deed };
}

/** "Is it red or blue?" offers answers; "Is there a star or a heart?" asks whether. */
function isYesNo(plain: string): boolean {
  if (!YES_NO.some((pattern) => pattern.test(plain))) return false;
  if (!/ or (?!not\b)/.test(plain)) return true;
  return WHETHER_ANY.test(plain);
}

function readWhen(plain: string): AskedFor | null {
  for (const pattern of WHEN) {
    const found = pattern.exec(plain)?.groups;
    const rest = found?.rest?.trim();
    if (found && rest)
      return { kind: 'when', event: claimOf(rest, found.shows !== undefined), counts: found.many !== undefined };
  }
  return null;
}

/** What follows "when", as a question of yes or no. */
function claimOf(rest: string, isThing: boolean): string {
  if (isThing) return presenceQuestion(rest);
  const perceived =
    /^(?:is|are|was|were|can|could|do|does|did) (?:you |we |i |one )?(?:see |hear |notice |spot |find )?(?<thing>.+?)(?: (?:(?:be )?(?:seen|heard|shown|visible|audible|there|on screen|in view)|(?:first )?(?:appear|show up|turn up|pop up|come up|come in|come into view|come on screen)))?$/.exec(
      rest,
    );
  const speaksOfPerceiving =
    /\b(?:see|hear|notice|spot|find|seen|heard|shown|visible|audible|there)\b|\b(?:appear|(?:show|turn|pop|come) up|come in|come into view|come on screen)$/.test(
      rest,
    );
  if (perceived?.groups?.thing && speaksOfPerceiving) return presenceQuestion(perceived.groups.thing);
  if (new RegExp(`^${AUXILIARY}\\b`).test(rest)) return `${capital(rest)}?`;
  return `Is it true that ${rest}?`;
}
