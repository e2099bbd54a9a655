/** One question about a range of a file: put to the model as it is, or to each scene of the range. */
import type { MediaItem, Segment } from '../../../contract/index.ts';
import { unlessAborted } from '../../channel/unlessAborted.ts';
import type { LibraryApi } from '../../ports/libraryApi.ts';
import type { AnswerOutput } from '../../ports/modelHostApi.ts';
import type { JobAttempt } from '../queue/jobAttempt.ts';
import { clipOf } from '../readSegment.ts';
import type { SearchNeeds } from '../search.ts';
import { answerByLooks } from './answerByLooks.ts';
import type { Asked } from './asked.ts';
import { cutLooks, type Look } from './cutLooks.ts';
import { declineFollowUp, declineInWords } from './declineFollowUp.ts';
import { type Exchange, turnsAbout } from './earlierTurns.ts';
import { isFollowUp } from './followUp.ts';
import { judgeQuestion } from './judgeQuestion.ts';
import type { RoundNeeds } from './lookRound.ts';
import { LookSpeed, type SpeedNeeds } from './lookSpeed.ts';
import { looksAtTime } from './looksAtTime.ts';
import { readTime } from './readTime.ts';
import { scenesOf } from './scenesOf.ts';

export interface AnswerNeeds extends SearchNeeds, RoundNeeds, SpeedNeeds {
  library: SearchNeeds['library'] & SpeedNeeds['library'] & Pick<LibraryApi, 'getMedia'>;
  hosts: SearchNeeds['hosts'] & RoundNeeds['hosts'];
}

type AnswerContext = Pick<JobAttempt, 'signal' | 'progress'>;

export interface AnswerListener {
  onText?(text: string): void;
  /** What the model is doing, in words. */
  onStage?(stage: string): void;
  /** The answer so far, of an answer that is put together. */
  onPartial?(output: AnswerOutput): void;
}

export async function answerAbout(
  needs: AnswerNeeds,
  context: AnswerContext,
  asked: Asked,
  listener: AnswerListener = {},
): Promise<AnswerOutput> {
  const { item, model, modality, exchanges, generation } = asked;
  const { signal } = context;
  const goesOn = exchanges.length > 0 && isFollowUp(asked.question);
  if (goesOn && !model.followsUp) return declineFollowUp(asked);
  await context.progress(0, 'finding scenes');
  const chosen = chooseLooks(asked, await scenesOfItem(needs, item, signal), goesOn);
  if (typeof chosen === 'string') return declineInWords(asked, chosen, 'eos'); // every model would say the same
  const { looks, range, question } = chosen;
  if (looks.length > 1) {
    const speed = await LookSpeed.open(needs, model.version);
    return answerByLooks({ ...asked, ...listener, question, needs, context, looks, unit: unitOf(item, looks), speed });
  }

  await context.progress(0, 'loading the model');
  const { api } = await unlessAborted(needs.hosts.model(model.folder, needs.providers), signal);
  await context.progress(0.1, 'looking and listening');
  const history = turnsAbout(exchanges, range);
  const input = { clip: clipOf(item, range), question, modality, generation, history };
  const { onText, onStage } = listener;
  return await api.answer(input, { signal, onText, onStage });
}

/** An image stands still. */
async function scenesOfItem({ library }: Pick<AnswerNeeds, 'library'>, item: MediaItem, signal: AbortSignal) {
  return item.kind === 'image' ? [] : await scenesOf(library, item, signal);
}

/**
 * The range in looks that are no longer than the model's longest; where the question, or an earlier answer, has narrowed
 * it down to one, that one is the range.
 * @returns what is told where there is nothing at the time that was asked about
 */
function chooseLooks(
  asked: Asked,
  scenes: readonly Segment[],
  goesOn: boolean,
): { looks: readonly Look[]; range: Segment; question: string } | string {
  const { model, range, exchanges } = asked;
  const every = cutLooks(scenes, range, model.longestLookSec);
  const timed = atItsTime(asked, every);
  if (typeof timed === 'string') return timed;
  const { question } = timed;
  const looks = goesOn ? withTurns(timed.looks, exchanges) : timed.looks;
  const [only] = looks;
  const isNarrowed = looks.length === 1 && only && (every.length > 1 || only !== every[0]);
  return { looks, question, range: isNarrowed ? { startSec: only.startSec, endSec: only.endSec } : range };
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

function unitOf(item: MediaItem, looks: readonly Look[]): 'scene' | 'stretch' {
  const isByScene = looks.every((look, at) => at === 0 || look.scene.startSec !== looks[at - 1]?.scene.startSec);
  return isByScene && item.kind === 'video' ? 'scene' : 'stretch';
}
