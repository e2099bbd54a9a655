/** The time that a question names, in English: "at 0:10", "in the first half", "in the third scene". Pure. */
import type { Segment } from '../../../contract/index.ts';
import { spokenNumber, spokenOrdinal } from './spokenNumber.ts';

export type AskedTime =
  /** Seconds of the file; a moment where both are the same. */
  | ({ kind: 'seconds' } & Segment)
  /** Seconds at the end of what is asked about. */
  | { kind: 'lastSeconds'; sec: number }
  /** Shares of what is asked about, 0 to 1. */
  | { kind: 'share'; from: number; to: number }
  /** The first or last scene of what is asked about. */
  | { kind: 'edge'; edge: 'first' | 'last' }
  /** The n-th scene of the file, from 1; from the end with -1. */
  | { kind: 'scene'; number: number }
  /** So many scenes at the beginning or the end. */
  | { kind: 'scenes'; edge: 'first' | 'last'; count: number };

export interface TimedQuestion {
  /** Without the words that name the time. */
  question: string;
  time: AskedTime;
}

type Words = Record<string, string | undefined>;

interface Reader {
  pattern: RegExp;
  /** @returns null for what only looks like a time */
  read(words: Words): AskedTime | null;
  /** Stands in its place. */
  instead?: string;
}

const CLOCK = '\\d{1,3}(?::\\d{2}){1,2}(?:\\.\\d+)?';
const DIGITS = '\\d+(?:\\.\\d+)?';
const WORD = '[a-z]+(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?';
const AMOUNT = `(?:${DIGITS} ?(?:seconds?|secs?|s|minutes?|mins?)|(?:${DIGITS}|${WORD})[ -](?:seconds?|secs?|minutes?|mins?))\\b`;
const SPAN = `${AMOUNT}(?:(?: and)? ${AMOUNT})?`;
const NAMED = `(?:second|minute) (?:${DIGITS}|${WORD})\\b`;
const TIME = `(?:the )?(?:${CLOCK}|${NAMED}|${SPAN})(?: mark)?`;
const SCENE = '(?:scene|part|segment|shot|section|stretch|bit)';
const ORDINAL = '(?:very )?(?:last but one|[a-z]+|\\d+(?:st|nd|rd|th))';

const readers: readonly Reader[] = [
  {
    pattern: around(`(?:between|from) (?<a>${TIME})(?: and | to | till | until | ?[-–] ?)(?<b>${TIME})`),
    read: ({ a, b }) => between(a, b),
  },
  { pattern: around(`(?:at |in |during )?(?<a>${CLOCK}) ?[-–] ?(?<b>${CLOCK})`), read: ({ a, b }) => between(a, b) },
  {
    pattern: around(`(?:in|during|within|over|for) the (?:first|opening) (?<a>${SPAN})`),
    read: ({ a }) => between('0 s', a),
  },
  { pattern: around(`(?:in|during|within|over|for) the (?:last|final|closing) (?<a>${SPAN})`), read: lastSeconds },
  {
    pattern: around(`(?:after|since|past|from) (?<a>${CLOCK})(?: on(?:wards?)?)?|from (?<b>${TIME}) on(?:wards?)?`),
    read: ({ a, b }) => between(a ?? b, null),
  },
  { pattern: around(`(?:before|until|till|up to) (?<a>${TIME})`), read: ({ a }) => between('0 s', a) },
  {
    pattern: around(
      `(?:right |just |exactly )?(?:at|around|about|near|by|after|on) (?<a>${TIME})|(?<b>${SPAN}) in(?:to (?:it|the \\w+))?`,
    ),
    read: ({ a, b }) => between(a ?? b, a ?? b),
  },
  { pattern: around('(?:in|during|over|for) the (?<which>\\w+) (?<part>half|third|quarter)'), read: share },
  {
    pattern: around(
      '(?:in|at|around|near|about) the (?:very )?middle|half ?way(?: through| in)?|mid ?way(?: through)?',
    ),
    read: () => ({ kind: 'share', from: 0.5, to: 0.5 }),
  },
  {
    pattern: around(
      '(?:in|at|by|towards?|near|until|till) the (?:very )?(?:(?<first>beginning|start|opening)|end|finish|close|ending)',
    ),
    read: ({ first }) => ({ kind: 'edge', edge: first ? 'first' : 'last' }),
  },
  {
    pattern: around(
      `(?:in|during|within|of|from|at|for) the (?:(?<first>first)|last) (?<count>${DIGITS}|${WORD}) ${SCENE}e?s`,
    ),
    read: scenes,
  },
  {
    pattern: around(
      `(?:in|during|within|of|from|at|for) (?:the )?(?:(?<which>${ORDINAL}) ${SCENE}|${SCENE} (?:number |no\\.? ?)?(?<number>(?:${DIGITS}|${WORD})))`,
    ),
    read: scene,
    instead: ' here',
  },
  {
    pattern: around(`the (?<which>${ORDINAL}) ${SCENE}|${SCENE} (?:number |no\\.? ?)?(?<number>\\d+)`),
    read: scene,
    instead: ' the scene',
  },
];

/** The words of a time, with the space before and what is said of the footage behind them. */
function around(words: string): RegExp {
  return new RegExp(
    `(?:^|\\s+)(?:${words})(?=\\W|$)(?: (?:of|in|through) (?:the|this) (?:clip|video|film|movie|recording|file))?`,
    'i',
  );
}

/** @returns null for a question that names no time */
export function readTime(question: string): TimedQuestion | null {
  for (const { pattern, read, instead = '' } of readers) {
    const found = pattern.exec(question);
    const time = found && read(found.groups ?? {});
    const rest = found ? tidy(question.replace(found[0], instead)) : '';
    if (time && /\p{L}/u.test(rest))
      return { question: rest.replace(/^(what|who)(?: is|'s|s)\b(?=[?.!]*$)/i, '$1 is there'), time };
  }
  return null;
}

function tidy(question: string): string {
  const plain = question
    .replace(/\s+([,?.!])/g, '$1')
    .replace(/^[\s,;:]+|(?<=\s)[,;]+/g, '')
    .replace(/,\s*(?=[?.!]*$)/, '')
    .trim();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** @param b null for "to the end" */
function between(a: string | undefined, b: string | null | undefined): AskedTime | null {
  const startSec = secondsOf(a);
  const endSec = b === null ? Infinity : secondsOf(b);
  return startSec === null || endSec === null || endSec < startSec ? null : { kind: 'seconds', startSec, endSec };
}

function lastSeconds({ a }: Words): AskedTime | null {
  const sec = secondsOf(a);
  return sec === null ? null : { kind: 'lastSeconds', sec };
}

const shares: Record<string, number> = { half: 2, third: 3, quarter: 4 };

function share({ which = '', part = '' }: Words): AskedTime | null {
  const parts = shares[part.toLowerCase()] as number;
  const isLast = /^(?:last|latter|later|final|other)$/i.test(which);
  const number = isLast ? parts : spokenOrdinal(which);
  if (number === null || number < 1 || number > parts) return null;
  return { kind: 'share', from: (number - 1) / parts, to: number / parts };
}

function scene({ which, number }: Words): AskedTime | null {
  const found = which === undefined ? spokenNumber(number ?? '') : spokenOrdinal(which);
  return found === null || found === 0 ? null : { kind: 'scene', number: found };
}

function scenes({ first, count }: Words): AskedTime | null {
  const number = spokenNumber(count ?? '');
  return number === null ? null : { kind: 'scenes', edge: first ? 'first' : 'last', count: number };
}

/** "1:05", "10 seconds", "two minutes and five seconds", "second 14", "minute 2" */
function secondsOf(text: string | undefined): number | null {
  const plain = (text ?? '')
    .toLowerCase()
    .replace(/^the /, '')
    .replace(/ mark$/, '')
    .trim();
  if (/^\d+:/.test(plain)) return plain.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  const named = /^(second|minute) (.+)$/.exec(plain);
  if (named) return inSeconds(named[2], named[1]);
  const [, amount, unit, rest] = /^(.+?)[ -]?(seconds?|secs?|s|minutes?|mins?)\b(?: and)?(.*)$/.exec(plain) ?? [];
  const first = inSeconds(amount, unit);
  if (first === null || !rest?.trim()) return first;
  const second = inSeconds(rest.replace(/ ?(?:seconds?|secs?|s)$/, ''), 's');
  return second === null ? null : first + second;
}

function inSeconds(amount: string | undefined, unit: string | undefined): number | null {
  const number = spokenNumber(amount ?? '');
  return number === null ? null : number * (unit?.startsWith('m') ? 60 : 1);
}
