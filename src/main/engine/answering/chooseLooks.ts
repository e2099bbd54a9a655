/** What of a file a question is about, in looks: its scenes, or those at the time that it names. */
import type { MediaItem, Segment } from '../../../contract/index.ts';
import type { LibraryApi } from '../../ports/libraryApi.ts';
import type { Asked } from './asked.ts';
import { cutLooks, type Look } from './cutLooks.ts';
import { type Exchange, turnsAbout } from './earlierTurns.ts';
import { isFollowUp } from './followUp.ts';
import { judgeQuestion } from './judgeQuestion.ts';
import { looksAtTime } from './looksAtTime.ts';
import { readTime } from './readTime.ts';
import { scenesOf } from './scenesOf.ts';

export interface ChosenLooks {
  looks: readonly Look[];
  range: Segment;
  /** Without the time that it named, which no model sees. */
  question: string;
}

/** True of a question that goes on from what was said before. */
export function goesOn({ exchanges, question }: Pick<Asked, 'exchanges' | 'question'>): boolean {
  return exchanges.length > 0 && isFollowUp(question);
}

/**
 * The range in looks that are no longer than the model's longest; where the question, or an earlier answer, has narrowed
 * it down to one, that one is the range.
 * @returns what is told where there is nothing at the time that was asked about
 */
export async function chooseLooks(
  library: Pick<LibraryApi, 'getMedia'>,
  asked: Asked,
  signal: AbortSignal,
): Promise<ChosenLooks | string> {
  const { model, range, exchanges, item } = asked;
  const every = cutLooks(await scenesOfItem(library, item, signal), range, model.longestLookSec);
  const timed = atItsTime(asked, every);
  if (typeof timed === 'string') return timed;
  const { question } = timed;
  const looks = goesOn(asked) ? withTurns(timed.looks, exchanges) : timed.looks;
  const [only] = looks;
  const isNarrowed = looks.length === 1 && only && (every.length > 1 || only !== every[0]);
  return { looks, question, range: isNarrowed ? { startSec: only.startSec, endSec: only.endSec } : range };
}

/** An image stands still. */
async function scenesOfItem(library: Pick<LibraryApi, 'getMedia'>, item: MediaItem, signal: AbortSignal) {
  return item.kind === 'image' ? [] : await scenesOf(library, item, signal);
}

/**
 * "What happens at 0:10?" is asked of that scene alone, without the time, which no model sees.
 * @returns what is told where there is nothing at that time
 */
function atItsTime(
  { question, range }: Asked,
  every: readonly Look[],
): { question: string; looks: readonly Look[] } | string {
  const timed = readTime(question);
  const isWithinLook = every.length === 1 && timed !== null && ['share', 'edge'].includes(timed.time.kind);
  const isAnOrder = timed?.time.kind === 'edge' && judgeQuestion(question).kind === 'edge';
  if (timed === null || isWithinLook || isAnOrder) return { question, looks: every };
  const looks = looksAtTime(timed.time, every, range);
  return typeof looks === 'string' ? looks : { question: timed.question, looks };
}

/** A question that leans on what was said is one about the looks of which something was said. */
function withTurns(looks: readonly Look[], exchanges: readonly Exchange[]): readonly Look[] {
  const spokenOf = looks.filter((look) => turnsAbout(exchanges, look).length > 0);
  return spokenOf.length > 0 ? spokenOf : looks;
}
