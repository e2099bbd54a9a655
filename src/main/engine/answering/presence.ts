/** Whether a scene has something that was named, as a question that a model is asked about it. Pure. */

const DETERMINER = /^(?:the|a|an|any|some|this|that|these|those)\s+/;
const PERCEIVED =
  /\s+(?:(?:is|are|was|were|can be|gets?) (?:seen|heard|shown|visible|audible|there|played|on screen)|sounds?|on screen)$/;

/** What makes a phrase say that something happens: an auxiliary, or a verb with what follows verbs. */
const HAS_AUXILIARY = /\s(?:is|are|was|were|has|have|does|do|can|will)\s+\w+/;
const HAS_OBJECT =
  /^(?:the |a |an )?(?:\w+ ){1,4}?\w+(?:s|es|ed)\s+(?:up|down|to|left|right|the|a|an|behind|in|on|off|and|out|away|over|around|his|her|its|still|past|through|into|with|at|back|forward|across|slowly|quickly|again)\b/;
/** "the star blinks", but not "the two knocks" or "the loud beeps". */
const ENDS_IN_VERB = /^(?:the|a|an) (?:\w+ )*?(?<before>\w+) \w+[^s\W]s$/;
const BEFORE_A_PLURAL =
  /^(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+|many|several|few|other|same|red|orange|yellow|green|cyan|blue|purple|pink|white|black|brown|gr[ae]y|golden|silver|big|small|large|little|tiny|huge|long|short|tall|high|low|loud|quiet|soft|old|young|new|first|last|next|dark|bright|\w+(?:ing|ed|ful|ous|y|al|ic|ive))$/;

/** "Is there a red circle?", "Are there two beeps?", "Is it true that the circle moves up?" */
export function presenceQuestion(named: string): string {
  const thing = named.trim().replace(PERCEIVED, '');
  if (isEvent(thing)) return `Is it true that ${thing}?`;
  const bare = thing.replace(DETERMINER, '').trim();
  return `${isPlural(bare) ? 'Are' : 'Is'} there ${articleOf(bare)}${bare}?`;
}

/** As it is named in an answer: "the red circle", "the star blinks", "people". */
export function definite(named: string): string {
  const thing = named.trim().replace(PERCEIVED, '');
  if (isEvent(thing) || isBare(thing)) return thing;
  return /^(?:the|this|that|these|those|his|her|its|their|my|your|our)\b/.test(thing)
    ? thing
    : `the ${thing.replace(DETERMINER, '')}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function isEvent(thing: string): boolean {
  if (HAS_AUXILIARY.test(thing) || HAS_OBJECT.test(thing)) return true;
  const before = ENDS_IN_VERB.exec(thing)?.groups?.before;
  return before !== undefined && !BEFORE_A_PLURAL.test(before);
}

function isPlural(bare: string): boolean {
  const head = bare.split(/\s+(?:of|with|in|on|at|that|which|who|and)\s+/)[0] ?? bare;
  return /[^s]s$|^(?:two|three|four|five|six|seven|eight|nine|ten|\d+|many|several|few)\b|\b(?:people|men|women|children)$/.test(
    head,
  );
}

/** Nothing stands before plurals, masses and pronouns. */
function articleOf(bare: string): string {
  if (isPlural(bare) || isBare(bare) || /^(?:one|another|no)\b/.test(bare)) return '';
  return /^(?:[aeio]|u(?!n[aeiou]|s[aeiou]))/.test(bare) ? 'an ' : 'a ';
}

function isBare(bare: string): boolean {
  return /^(?:somebody|someone|anybody|anyone|something|anything|everybody|everyone|people|music|speech|noise|silence|water|text|talking|singing|laughter|applause|wind|rain)\b/.test(
    bare,
  );
}
