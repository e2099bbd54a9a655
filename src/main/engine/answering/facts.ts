/** What the index knows of a stretch of a file, as facts that can be told one by one. Pure. */
import {
  type AnswerPart,
  type IndexedSegment,
  type Knowledge,
  type KnowledgeKind,
  type MatchReason,
  type SearchHit,
  type Segment,
  toldAs,
} from '../../../contract/index.ts';
import { mediaWords, plainQuestion } from './plainQuestion.ts';

/** Something that somebody saw, read or heard. */
export type Fact = Pick<Knowledge, 'kind' | 'text' | 'source' | 'startSec' | 'endSec'>;

/** Seconds between two looks and a little: what is seen before and after a cut was there in between. */
const SHORT_GAP = 3;

/** Words of a question that ask for everything of a kind, however it is put; the first row that fits. */
const ASKED_KINDS: readonly [RegExp, readonly KnowledgeKind[]][] = [
  [/\bsubtitles?\b/, ['subtitle']],
  [/\b(?:written|writing|writes?|texts?|signs?|titles?|letters|labels?|reads?)\b/, ['screenText']],
  [/\b(?:speak\w*|spoken|speech|talk\w*|voices?|hear|heard|said|says?|saying|conversation)\b/, ['speech', 'subtitle']],
  [/\bwords?\b/, ['screenText', 'subtitle']],
  [/^(?:what|which) (?:things?|objects?|items?)\b/, ['thing']],
];

/** What is asked of a whole picture has these words beside that one: "what does the text in the video say". */
const ASIDE = new RegExp(`\\b(?:in|on|of) the ${mediaWords}\\b`, 'g');

/** What is known within the stretches, each fact once over all of its time, in the order of the file. */
export function factsWithin(segments: readonly IndexedSegment[], stretches: readonly Segment[]): Fact[] {
  const known = segments.flatMap(({ knowledge }) => knowledge);
  const within = known.filter((piece) => stretches.some((stretch) => touches(piece, stretch)));
  return joinRepeated(within.toSorted((a, b) => a.startSec - b.startSec));
}

/** Kinds of knowledge that the question names ("what is written", "who speaks"). */
export function kindsAskedFor(question: string): readonly KnowledgeKind[] {
  const plain = plainQuestion(question).replace(ASIDE, '');
  return ASKED_KINDS.find(([pattern]) => pattern.test(plain))?.[1] ?? [];
}

/** The facts by which search found something, the best first. */
export function factsFound(facts: readonly Fact[], hits: readonly SearchHit[]): Fact[] {
  const found = hits.flatMap((hit) =>
    hit.reasons.flatMap((reason) => facts.filter((fact) => touches(fact, hit) && isShownBy(fact, reason))),
  );
  return [...new Set(found)];
}

/** A reason marks the words that were found, or names a whole text that means the same. */
function isShownBy({ kind, source, text }: Fact, reason: MatchReason): boolean {
  if (source !== reason.source) return false;
  if (reason.kind === 'meaning') return reason.text.includes(text);
  const marked = [...reason.text.matchAll(/«([^»]+)»/g)].map(([, words]) => words as string);
  return kind === reason.kind && marked.length > 0 && marked.every((words) => text.includes(words));
}

/** A fact as a statement of an answer. */
export function statementOf({ kind, text, source, startSec, endSec }: Fact): AnswerPart {
  return { startSec, endSec, text: toldAs(kind, text), source };
}

function joinRepeated(pieces: readonly Knowledge[]): Fact[] {
  const last = new Map<string, Fact>();
  const facts: Fact[] = [];
  for (const { kind, text, source, startSec, endSec } of pieces) {
    // A sign is read with and without its spaces and dots.
    const key = `${kind}\n${source}\n${text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')}`;
    const before = last.get(key);
    if (before && startSec - before.endSec <= SHORT_GAP) {
      before.endSec = Math.max(before.endSec, endSec);
      continue;
    }
    const fact = { kind, text, source, startSec, endSec };
    last.set(key, fact);
    facts.push(fact);
  }
  return facts;
}

function touches(a: Segment, b: Segment): boolean {
  return Math.min(a.endSec, b.endSec) - Math.max(a.startSec, b.startSec) > 0;
}
