/** Questions about what comes first, last, before and after. Pure. */

export type Order =
  /** What is at the beginning or the end: `isAccount` where everything there is meant, not one thing. */
  | { kind: 'edge'; edge: 'first' | 'last'; isAccount: boolean }
  /** Which of two things comes first or last, or how one stands to the other. */
  | { kind: 'compare'; things: [string, string]; asks: 'first' | 'last' | 'before or after' | 'is before' | 'is after' }
  /** What comes next to a thing. */
  | { kind: 'around'; side: 'before' | 'after'; thing: string };

const COME =
  '(?:comes?|came|appears?|appeared|happens?|happened|starts?|started|goes|went|enters?|arrives?|occurs?|shows up|is|was|are|were|(?:is|was|are|were|can be) (?:seen|heard|shown|played|visible|there)|do (?:you|we|i) (?:see|hear)|can (?:you|we|i) (?:see|hear)|did (?:you|we|i) (?:see|hear))';
const FIRST = '(?:first|earlier|earliest|sooner)';
const LAST = '(?:last|later|latest|second|afterwards)';

const WHICH_OF_TWO = new RegExp(
  `^(?:what|which|who)(?: (?:one|thing|object|shape|sound|person|of (?:the two|them|these|those)))? (?:${COME} )?(?<edge>${FIRST}|${LAST})(?: of the two)?[,:;\\s–-]+(?<a>.+?),? or (?<b>.+)$`,
);
const TWO_FIRST = new RegExp(
  `^(?:${COME} |do |does |did )?(?<a>.+?),? or (?<b>.+?) (?:${COME} |come |appear |happen |start |seen |heard )?(?<edge>${FIRST}|${LAST})$`,
);
const ORDER_OF =
  /^(?:in (?:what|which) order (?:do|does|did|are|come)|what is the order of) (?<a>.+?) and (?<b>.+?)(?: (?:come|appear|happen|occur|seen|heard|shown|start))?$/;
const BEFORE_OR_AFTER =
  /^(?:(?:is|are|was|were|does|do|did|can) )?(?:(?:you|we|i) (?:see|hear) )?(?<a>.+?) (?:(?:be )?(?:seen|heard|shown|come|comes|appear|appears|happen|happens|occur|start|starts|there|played) )?(?:before,? or after|after,? or before|earlier or later than|before, after or (?:while|during|with|at the same time as)) (?<b>.+?)(?:,? or at the same time)?$/;
const IS_BEFORE =
  /^(?:is|are|was|were|does|do|did|can|if|whether) (?:(?:you|we|i) (?:see|hear) )?(?<a>.+?) (?:(?:be )?(?:seen|heard|shown|come|comes|appear|appears|appearing|happen|happens|occur|start|starts|arrive|there|played|coming) )?(?<side>before|after|earlier than|later than|sooner than) (?<b>.+)$/;
const NEXT_TO =
  /^(?:what|which|who)(?: (?:object|thing|shape|sound|person|scene|one))?(?: else)? (?:happens?|happened|is happening|comes?|came|appears?|is (?:seen|heard|shown|there|next)|do (?:you|we|i) (?:see|hear)|can (?:you|we|i) (?:see|hear)|occurs?|goes on|is going on|is|was|follows?|starts)(?: \w+)? (?:right |directly |immediately |just |shortly |straight |soon )?(?<side>after|before|following|prior to)(?: that)? (?<thing>.+)$/;
const FOLLOWS = /^(?:what|which(?: \w+)?|who) (?<verb>follows|precedes|succeeds) (?<thing>.+)$/;

const EDGE_WORDS: readonly [RegExp, 'first' | 'last'][] = [
  [
    /\b(?:first|at first|firstly|initially|to begin with|at (?:the )?(?:very )?(?:beginning|start|opening|outset)|in the beginning|at the top)$/,
    'first',
  ],
  [
    /\b(?:last|lastly|finally|eventually|ultimately|at (?:the )?(?:very )?(?:end|close|finish|last)|in the end)$/,
    'last',
  ],
];
const EDGE_THING =
  /^(?:what|which|who)(?: \w+)? (?:is|was|are|were) (?:the )?(?:very )?(?<edge>first|last|final|opening|closing)(?: (?:thing|object|shape|sound|scene|image|event|action|one|person|noise|picture|part|shot)s?)?(?: .*)?$/;
const EDGE_OF_ALL =
  /^(?:how|what|with what) (?:does|do|did|is) (?:it|this|that|everything|the \w+) (?<edge>start|begin|open|end|finish|close|stop)(?:s)?(?: with)?$/;

/** A pronoun stands for a thing within the scene, so such an order is one of the scene's own. */
const PRONOUN = /^(?:it|he|she|they|this|that|him|her|them)\b/;

/** @param plain a question as `plainQuestion` leaves it; @returns null for one of another kind */
export function readOrder(plain: string): Order | null {
  return readComparison(plain) ?? readAround(plain) ?? readEdge(plain);
}

function readComparison(plain: string): Order | null {
  const which = (WHICH_OF_TWO.exec(plain) ?? TWO_FIRST.exec(plain))?.groups;
  if (which) return compare(which, new RegExp(`^${FIRST}$`).test(which.edge ?? '') ? 'first' : 'last');
  const inOrder = ORDER_OF.exec(plain)?.groups;
  if (inOrder) return compare(inOrder, 'first');
  const either = BEFORE_OR_AFTER.exec(plain)?.groups;
  if (either) return compare(either, 'before or after');
  const is = IS_BEFORE.exec(plain)?.groups;
  if (!is) return null;
  return compare(is, /before|earlier|sooner/.test(is.side ?? '') ? 'is before' : 'is after');
}

function compare(
  { a, b }: Record<string, string | undefined>,
  asks: 'first' | 'last' | 'before or after' | 'is before' | 'is after',
): Order | null {
  if (!a || !b || PRONOUN.test(a) || PRONOUN.test(b)) return null;
  return { kind: 'compare', things: [a, b], asks };
}

function readAround(plain: string): Order | null {
  const found = NEXT_TO.exec(plain)?.groups;
  if (found?.thing && !PRONOUN.test(found.thing)) {
    return { kind: 'around', side: /after|following/.test(found.side ?? '') ? 'after' : 'before', thing: found.thing };
  }
  const follows = FOLLOWS.exec(plain)?.groups;
  if (!follows?.thing || PRONOUN.test(follows.thing)) return null;
  return { kind: 'around', side: follows.verb === 'precedes' ? 'before' : 'after', thing: follows.thing };
}

function readEdge(plain: string): Order | null {
  const ofAll = EDGE_OF_ALL.exec(plain)?.groups?.edge;
  if (ofAll) return { kind: 'edge', edge: /start|begin|open/.test(ofAll) ? 'first' : 'last', isAccount: true };
  if (!/^(?:what|which|who)\b/.test(plain)) return null;
  const thing = EDGE_THING.exec(plain)?.groups?.edge;
  if (thing)
    return {
      kind: 'edge',
      edge: /first|opening/.test(thing) ? 'first' : 'last',
      isAccount: /\b(?:scene|event|image|picture|shot|part|thing)\b/.test(plain) && !/\bhear(?:d|s)?\b/.test(plain),
    };
  const word = EDGE_WORDS.find(([pattern]) => pattern.test(plain));
  if (!word) return null;
  const rest = plain.replace(word[0], '').trim();
  return {
    kind: 'edge',
    edge: word[1],
    isAccount:
      /^what (?:happens|happened|is happening|goes on|is going on|occurs|comes|is there|is shown|is seen|do (?:you|we|i) see|can (?:you|we|i) see|is|appears)$/.test(
        rest,
      ),
  };
}
