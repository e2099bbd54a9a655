/** A question without what is said around it: politeness, contractions, and the words for the footage itself. Pure. */

const MEDIA =
  '(?:video|videos|clip|film|movie|recording|footage|file|audio|track|sound ?track|sequence|scene|picture|image|photo|shot|screen|sample)';

const CONTRACTIONS: readonly [RegExp, string][] = [
  [/\b(what|who|where|when|how|which|that|there|it|he|she|here)'s\b/g, '$1 is'],
  [/\bwhats\b/g, 'what is'],
  [/\bwhos\b/g, 'who is'],
  [/\b(what|who|where|how|they|we|you)'re\b/g, '$1 are'],
  [/\bcan't\b/g, 'cannot'],
  [/n't\b/g, ' not'],
  [/\b(i|you|we|they)'d\b/g, '$1 would'],
  [/\b(i|you|we|they)'ll\b/g, '$1 will'],
];

/** What somebody says before the question proper; taken off as often as it comes. */
const OPENINGS: readonly RegExp[] = [
  /^(?:please|hey|hi|hello|ok|okay|so|and|well|now|then|also|actually|alright|thanks|hm+|um+)\b[,.!:]?\s+/,
  /^(?:can|could|would|will) you (?:please |kindly )?(?=(?:tell|describe|explain|list|give|summari[sz]e|show|find|count|name|write|walk|check|help|look|let)\b)/,
  /^(?:(?:do|does) (?:you|anyone) know|any idea|i wonder|i am wondering|i was wondering|let us know|let me know|can you see|could you see)\s+(?=(?:what|which|who|when|where|how|if|whether)\b)/,
  /^(?:i (?:want|need|would like|would love) to (?:know|see|hear|find out|understand))(?: about)?\s*,?\s+/,
  /^(?:tell|show) (?:me|us)(?: please)?,?:?\s+/,
  /^(?:say|check|find out|look|see)\s+(?=(?:what|which|who|when|where|how|if|whether)\b)/,
  /^(?:in|from|during|over|for) (?:this|the|that) (?:whole |entire )?(?:MEDIA)s?,?\s+/,
].map((pattern) => new RegExp(pattern.source.replace('MEDIA', MEDIA)));

/** What somebody says after it. */
const ENDINGS: readonly RegExp[] = [
  /[,\s]+(?:please|exactly|precisely|actually|really|basically|roughly|briefly|in short|in detail|in a few words|in one sentence|in your own words|step by step|thanks|thank you)$/,
  /\s+(?:in|of|from|on|during|throughout|across|over|within) (?:this|the|that|these|those|my|our|your) (?:whole |entire |full |complete |long |short |first |little )*(?:MEDIA)s?$/,
  /\s+(?:here|overall|altogether|all in all|in total|in all|in general|on the whole|over all|throughout|all over)$/,
  /\s+(?:in|of|over|across|throughout|during) (?:all of (?:it|this|that)|the whole(?: thing| of it)?|the entire(?: thing)?|it all|everything|it|this|that)$/,
].map((pattern) => new RegExp(pattern.source.replace('MEDIA', MEDIA)));

/** Words that speak of the whole; one scene is asked without them. */
const OF_THE_WHOLE = new RegExp(
  String.raw`[,\s]+(?:overall|altogether|all in all|in total|in all|on the whole|over all|throughout|at any (?:point|time|moment|stage)|anywhere|ever|at all|` +
    String.raw`(?:in|of|over|across|throughout|during) (?:all of (?:it|this|that)|it all|the whole(?: thing| of it)?|(?:the|this) (?:whole|entire|full|complete) ${MEDIA}))(?=\s*[?.!]*$)`,
  'i',
);

/** Lower case, one space, no closing mark, nothing around it: "Hey, could you tell me what's going on in this clip?" is "what is going on". */
export function plainQuestion(question: string): string {
  let plain = expand(question.toLowerCase().replaceAll('’', "'").replace(/\s+/g, ' ').trim()).replace(/[\s?.!…]+$/, '');
  for (let before = ''; before !== plain; ) {
    before = plain;
    for (const pattern of [...OPENINGS, ...ENDINGS]) {
      const shorter = plain.replace(pattern, '').trim();
      if (shorter !== '') plain = shorter;
    }
  }
  return plain;
}

/** The question as one scene of many is asked it: "What do you hear in all of it?" is "What do you hear?". */
export function questionForOneScene(question: string): string {
  const shorter = question.trim().replace(OF_THE_WHOLE, '');
  return shorter.length < question.trim().length
    ? `${shorter.replace(/[\s?.!]+$/, '')}${closingOf(question)}`
    : question.trim();
}

function closingOf(question: string): string {
  return /[?.!]$/.exec(question.trim())?.[0] ?? '?';
}

function expand(text: string): string {
  return CONTRACTIONS.reduce((result, [pattern, words]) => result.replace(pattern, words), text);
}

/** For patterns of other files: what the footage itself is called. */
export const mediaWords = MEDIA;
