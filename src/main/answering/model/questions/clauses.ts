/** A question's clauses: what a person says around it, and several questions in one. */

const OPENERS = "what|which|who|where|when|how|is|are|does|do|did|can|tell|describe|whats|what's";
const VERBS = 'is|are|was|were|do|does|did|has|have|can|could|will|would';

/** "…, right?", "…, isn't there?", "… doesn't it?" */
const TAGS = new RegExp(
  `(?:,|\\s[-–])\\s*(?:right|correct|true|yes|yeah|no|eh|huh|or not|or what|am i right|is that (?:right|correct|true|so)|innit|(?:${VERBS})(?:n't|nt| not)?\\s+(?:it|there|they|this|that|you|we|i)(?: not)?)\\s*[?.!]*\\s*$` +
    `|\\s(?:${VERBS})n't\\s+(?:it|there|they|this|that)\\s*[?.!]*\\s*$`,
  'i',
);

/** "The star spins, doesn't it?" asks what "The star spins?" asks. */
export function withoutTag(question: string): string {
  return question.replace(/[’‘`´]/g, "'").replace(TAGS, '?');
}

const PREFACE =
  /^(?!(?:what|which|who|whose|why|where|when|how|is|are|was|were|does|do|did|can|could|will|would|has|have|in|on|at|behind|near)\b)(?=.*\b(?:i|we|you|us|me|my|our)\b.*\b(?:what|which|whether|how many)\b)[^?.!]*?\b(?=(?:what|which|whether|how many)\b)/i;

/** "My friend asks which shape spins": what a person says before the question, in whatever words. */
export function withoutPreface(question: string): string {
  return question.replace(PREFACE, '');
}

const BETWEEN = new RegExp(`[?!.;]+\\s+|,?\\s+and\\s+(?=(?:${OPENERS})\\b)|,\\s+(?=(?:${OPENERS})\\b)`, 'i');
const MOST_CLAUSES = 3;
/** "…, and what is it?" of something that was asked for just before. */
const WHAT_IS_IT =
  /^(?:and |so )?(?:what|which)(?: is| are| was| were|'s)?(?: it| that| they| this| those| these)?(?: one)?(?: then| called)?[?.!]*$/i;

/**
 * "How many are there, and what are they?" as its two questions.
 * @returns the question alone where it is one
 */
export function clausesOf(question: string): string[] {
  const clauses = question
    .split(BETWEEN)
    .map((clause) => clause.trim())
    .filter((clause) => /\p{L}/u.test(clause));
  if (clauses.length < 2 || clauses.length > MOST_CLAUSES) return [question];
  const [first = '', second = '', ...rest] = clauses;
  const isHeard = /\b(?:hear|heard|audible|sounds?|noises?)\b/i.test(first);
  if (rest.length === 0 && /\b(?:any|some)\w*/i.test(first) && WHAT_IS_IT.test(second))
    return [isHeard ? 'What do you hear?' : 'What do you see?'];
  return withNames(clauses).map((clause, at) => (WHAT_IS_IT.test(clauses[at] ?? '') ? 'What do you see?' : clause));
}

/** "what does it do", not "is it red": several of these are several questions, whatever they would make together. */
export function isAskedFor(clause: string): boolean {
  return /^(?:so |and )?(?:what|which|how many|how big|what's|whats|where|when)\b/i.test(clause);
}

/** "the orange thing" of the first clause, for "it" in the others. */
function withNames(clauses: readonly string[]): string[] {
  const [first = ''] = clauses;
  const named =
    /\bthe (?:\p{L}+ )?(?:thing|object|one|shape|circle|square|triangle|star|heart|ring|cross|moon)\b/iu.exec(first);
  return clauses.map((clause, at) => (at > 0 && named ? clause.replace(/\bit\b/i, named[0]) : clause));
}

/**
 * "the Red Cross", "Blue Note": known words that stand together as a name.
 * @returns null where there is none, or where a question has capitals all over
 */
export function nameIn(question: string): string | null {
  const words = (question.match(/[\p{L}']+/gu) ?? []).slice(1);
  const small = words.filter((word) => /^\p{Ll}/u.test(word));
  if (small.length * 2 < words.length) return null;
  return /(?<=\p{L}[\s"“]+)\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}+/u.exec(question)?.[0] ?? null;
}
