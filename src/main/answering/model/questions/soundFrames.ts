/** Questions about what is heard. */
import { type Account, type HeardSound, readAccount } from './account.ts';
import type { Frame, Parts, Plan } from './frame.ts';
import { isNumber } from './numbers.ts';
import { anySound, isCounted, sentence, theSound, yesOrNo } from './retell.ts';

type Asked = Omit<Plan, 'kind'>;

const whatIsHeard = 'What do you hear?';
const either = (parts: string) => new RegExp(`^(${parts})$`);

export const soundFrames: readonly Frame[] = [
  {
    kind: 'sounds',
    form: 'open',
    parts: either('sounds( clip)?|hear( clip)?|sounds hear|hear sounds'),
    plan: whatSounds,
  },
  {
    kind: 'account',
    form: 'any',
    parts: either('recount|(describe|happen) (sounds|hear)( happen)?|(sounds|hear) happen'),
    plan: () => ({ asked: 'Describe the sound.' }),
  },
  {
    kind: 'sound order',
    form: 'open',
    parts: either('(sounds |hear )+(first|last|next)( sounds| hear)*|(first|last|next) (object )?(sounds|hear)'),
    plan: soundInOrder,
  },
  {
    kind: 'sound order',
    form: 'open',
    parts: either(
      '(sounds |hear )*(next )?(before|after) sound( hear)?|(before|after) sound (hear )?(sounds|hear)( hear)*',
    ),
    plan: soundBeside,
  },
  { kind: 'sound order', form: 'any', parts: /^first sounds$|^last sounds$/, plan: soundInOrder },
  { kind: 'sounds', form: 'open', parts: /^sound( hear)?$/, plan: whatTone },
  { kind: 'sound count', form: 'open', parts: /^countOf sound( hear)?( before| after) sound( hear)?$/, plan: countOf },
  { kind: 'sound count', form: 'any', parts: either('countOf (sound|sounds)( hear)?|(sound) countOf'), plan: countOf },
  { kind: 'sound time', form: 'open', parts: either('whenOf sound( hear| first| last)*|sound whenOf'), plan: timeOf },
  {
    kind: 'sound time',
    form: 'closed',
    parts:
      /^sound( hear)?( first or last| last or first| half or half)$|^(first or last|last or first|half or half) sound$/,
    plan: timeOf,
  },
  { kind: 'sound count', form: 'any', parts: /^(hear )?sound( hear)? or number$/, plan: countOf },
  {
    kind: 'silence',
    form: 'closed',
    parts: either('(thing |clip |see )?silent|clip (have )?not sounds|not (sounds|hear)'),
    plan: () => anySounds(false),
  },
  {
    kind: 'any sound',
    form: 'closed',
    parts: either('(clip |thing |object |see )?(have )?(sounds|hear)( hear| have)*|object hear|hear object'),
    plan: ({ atoms }) => (atoms.length === 1 && atoms[0]?.thing?.isDefinite ? whatSounds() : anySounds(true)),
  },
  {
    kind: 'sound alternatives',
    form: 'any',
    parts: /^(sound|sounds) (or sound|(way|deed) or (way|deed)|pitch or pitch)( or sound)*$/,
    plan: whatSounds,
  },
  { kind: 'pitch', form: 'any', parts: /^(sound|sounds|thing) (pitch|deed|way)$/, plan: pitchIs },
  { kind: 'sound exists', form: 'closed', parts: /^(see |hear |clip )?sound( hear| see)?$/, plan: soundExists },
  {
    kind: 'sound counts',
    form: 'closed',
    parts: /^(hear )?sound number$/,
    plan: ({ one }) => hasNumber(one('sound').value, one('number').value),
  },
  {
    kind: 'sound in half',
    form: 'closed',
    parts: /^(hear )?sound( hear)? (half|first|last)( hear)?$|^first sound$|^last sound$/,
    plan: soundInHalf,
  },
  {
    kind: 'sound before sound',
    form: 'closed',
    parts: /^(hear )?sound( hear)? (before|after) sound( hear)?$/,
    plan: soundBefore,
  },
  { kind: 'sound order', form: 'open', parts: /^(what )?sound( hear)? (first|last)$/, plan: soundInOrder },
];

function whatSounds(): Asked {
  return { asked: whatIsHeard };
}

/** "What tone is it?"; "What is a bell?" is none of the model's questions. */
function whatTone({ one }: Parts): Asked | null {
  const { value, thing } = one('sound');
  const isAny = value === 'noise' && thing?.isDefinite; // "What is the noise?"
  return isAny || (isGroup(value) && !thing?.isDefinite) ? { asked: whatIsHeard } : null;
}

/** From all that is heard, in its order. */
function fromSounds({ lexicon }: Parts, tell: (sounds: readonly HeardSound[], account: Account) => string): Asked {
  return {
    asked: whatIsHeard,
    tell: (answer) => {
      const account = readAccount(answer, lexicon);
      if (account.sounds.length === 0 && answer !== 'Nothing.') return answer;
      return tell(account.sounds, account);
    },
  };
}

function soundInOrder(parts: Parts): Asked {
  const at = parts.all('first').length > 0 ? 0 : parts.all('next').length > 0 ? 1 : -1;
  return fromSounds(parts, (sounds) => said(sounds.at(at)));
}

/** "What do you hear after the bell?" */
function soundBeside(parts: Parts): Asked {
  const kind = parts.one('sound').value;
  const step = parts.all('after').length > 0 ? 1 : -1;
  return fromSounds(parts, (sounds) => {
    const at = sounds.findIndex((sound) => isSound(kind, sound.kind));
    return at < 0 ? absent(kind) : said(sounds[at + step]);
  });
}

const said = (sound: HeardSound | undefined): string => (sound ? sentence(sound.text) : 'Nothing.');

function absent(kind: string): string {
  return isCounted(kind) ? `There are no ${kind}s.` : `There is no ${kind === 'noise' ? 'burst of noise' : kind}.`;
}

/** "tone" is a high or a low one. */
function isSound(asked: string, kind: string): boolean {
  return asked === kind || (['tone', 'sweep'].includes(asked) && kind.endsWith(asked));
}

const numbers = ['nothing', 'one', 'two', 'three', 'four', 'five'];

function countOf(parts: Parts): Asked {
  const kind = parts.one('sound').value; // the first is the one that is counted
  if (isCounted(kind)) return { asked: `How many ${kind}s do you hear?` };
  return fromSounds(parts, (sounds) => {
    const count = sounds.filter((sound) => kind === '' || isSound(kind, sound.kind)).length;
    return count === 0 && kind !== '' ? absent(kind) : sentence(numbers[count] ?? String(count));
  });
}

function timeOf(parts: Parts): Asked | null {
  const kind = parts.one('sound').value;
  return isGroup(kind) ? null : { asked: `When do you hear ${theSound(kind)}?` };
}

const isGroup = (kind: string): boolean => kind === 'tone' || kind === 'sweep';

function anySounds(isAsked: boolean): Asked {
  return {
    asked: whatIsHeard,
    tell: (answer) => (answer.startsWith('I was given') ? answer : yesOrNo((answer !== 'Nothing.') === isAsked)),
  };
}

function soundExists(parts: Parts): Asked {
  const { value: kind, thing } = parts.one('sound');
  if (thing?.number && isCounted(kind)) return hasNumber(kind, thing.number, thing.compare);
  if (isGroup(kind)) return fromSounds(parts, (sounds) => yesOrNo(sounds.some((sound) => isSound(kind, sound.kind))));
  return { asked: `Do you hear ${anySound(kind)}?` };
}

/** "Are there three beeps?" */
function hasNumber(kind: string, number: string, compare?: string): Asked {
  return {
    asked: `How many ${kind}s do you hear?`,
    tell: (answer) => (answer.startsWith('I was') ? answer : yesOrNo(isNumber(answer, number, compare))),
  };
}

/** "Is the tone high?", "Does the sweep rise?" */
function pitchIs(parts: Parts): Asked | null {
  const kind = parts.one('sound').value;
  const claim = parts.atoms.at(-1)?.value ?? '';
  if (kind !== '' && !isGroup(kind)) return null;
  const wanted = { high: 'high tone', low: 'low tone', up: 'rising sweep', down: 'falling sweep' }[claim];
  return wanted === undefined || parts.atoms[0]?.kind === 'thing' ? null : { asked: `Do you hear a ${wanted}?` };
}

/** "Is the bell at the start?" */
function soundInHalf(parts: Parts): Asked | null {
  const kind = parts.one('sound').value;
  if (isGroup(kind)) return null;
  const half = parts.one('half').value || (parts.all('first').length > 0 ? 'first' : 'second');
  const words = half === 'all' ? 'whole time' : `${half} half`;
  return {
    asked: `When do you hear ${theSound(kind)}?`,
    tell: (answer) => (/^(There|I was)/.test(answer) ? answer : yesOrNo(answer.includes(words))),
  };
}

function soundBefore(parts: Parts): Asked {
  const [one, other] = parts.all('sound').map(({ value }) => value) as [string, string];
  return fromSounds(parts, (sounds) => {
    const [a, b] = [one, other].map((kind) => sounds.findIndex((sound) => isSound(kind, sound.kind))) as [
      number,
      number,
    ];
    if (a < 0 || b < 0) return absent(a < 0 ? one : other);
    return yesOrNo(parts.all('before').length > 0 ? a < b : a > b);
  });
}
