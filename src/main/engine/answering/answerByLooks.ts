/**
 * A question about more than one look: each is asked by itself, likeliest first, and what they say is joined by plain
 * rules. Nothing is claimed of a stretch that was not looked at, and every statement names its own.
 */
import type { LookOffer, LookScope, Segment } from '../../../contract/index.ts';
import { timesOf } from '../../../contract/index.ts';
import type { AnswerOutput } from '../../ports/modelHostApi.ts';
import type { SearchNeeds } from '../search.ts';
import { chooseWay } from './chooseWay.ts';
import type { Look } from './cutLooks.ts';
import { judgeQuestion } from './judgeQuestion.ts';
import { inTime, outcomeOf } from './lookOutcome.ts';
import { LookRound, type RoundInput, type RoundNeeds } from './lookRound.ts';
import { questionForOneScene } from './plainQuestion.ts';
import { rankLooks } from './rankLooks.ts';
import type { Inquiry, Reply, Way } from './way.ts';
import type { CaptionSource } from './ways/account.ts';

/** Seconds: what takes longer is offered, not done. */
const UNASKED_SECONDS = 60;
/** More looks than these are never "the likeliest". */
const MOST_LIKELY = 20;

export interface LooksInput extends RoundInput {
  needs: RoundNeeds & SearchNeeds;
  question: string;
  range: Segment;
  looks: readonly Look[];
  scope: LookScope;
  /** Hears the answer so far: what is kept when it is stopped. */
  onPartial?(output: AnswerOutput): void;
  /** Text of an account, scene by scene, as it comes. */
  onText?(text: string): void;
}

export async function answerByLooks(input: LooksInput): Promise<AnswerOutput> {
  const asked = judgeQuestion(input.question);
  const way = chooseWay(asked, questionForOneScene(input.question), input.looks, captionSource(input));
  const round = new LookRound(input);
  const outcome = (end: Parameters<typeof outcomeOf>[1]) => outcomeOf({ ...input, way, round }, end);
  const ranked = await rankLooks(
    input.needs,
    input.item,
    input.looks,
    asked.kind === 'account' ? null : input.question,
  );

  const hear = (reply: Reply): boolean => {
    if (asked.kind === 'account') input.onText?.(`${timesOf(reply.look)} ${reply.text.trim()}\n`);
    input.onPartial?.(outcome({ stopReason: 'cancelled' }));
    return way.isEnough?.(round.replies) ?? false;
  };

  const inquiries = inOrder(way, ranked);
  if (input.scope === 'short' && !way.isEnough) {
    await measure(input, inquiries, round, hear);
    const offer = offerOf(input, inquiries, round);
    if (offer && !(await isUnknown(input, inquiries, round, hear)))
      return outcome({ stopReason: 'needs-consent', offer });
  }
  const chosen = new Set(input.scope === 'likeliest' ? ranked.slice(0, likeliestCount(input)) : ranked);
  await round.ask(
    inquiries.filter(({ look }) => chosen.has(look)),
    hear,
  );
  await round.ask(way.next?.(inTime(round.replies)) ?? [], hear);
  await input.speed.keep();
  return outcome({ stopReason: 'eos' });
}

/** A caption tells of sight and sound as the file has them, so it answers only what asks for no less. */
function captionSource({ item, model, modality }: LooksInput): CaptionSource {
  const isUsable =
    modality === 'auto' || (modality === 'av' && item.hasAudio) || (modality === 'audio' && item.kind === 'audio');
  return { name: model.name, version: model.version, kind: modality === 'audio' ? 'audio' : item.kind, isUsable };
}

/** A model that was never measured here is measured by a first look, which is needed anyway. */
async function measure(
  { speed }: LooksInput,
  inquiries: readonly Inquiry[],
  round: LookRound,
  hear: (reply: Reply) => boolean,
) {
  const first = inquiries.find(({ known }) => known === undefined);
  if (speed.seconds === null && first) await round.ask([first], hear);
}

/** Before a long look is offered: a model of a small world may know nothing of this footage, which a few looks tell. */
async function isUnknown(
  { model }: LooksInput,
  inquiries: readonly Inquiry[],
  round: LookRound,
  hear: (reply: Reply) => boolean,
): Promise<boolean> {
  if (!model.isSampleModel) return false;
  await round.ask(inquiries, (reply) => {
    hear(reply);
    return true;
  });
  return round.replies.length === 0;
}

/** @returns null for what is done without asking back */
function offerOf(input: LooksInput, inquiries: readonly Inquiry[], round: LookRound): LookOffer | null {
  const left = inquiries.filter(({ known, look }) => known === undefined && !round.has(look));
  const perLook = input.speed.seconds ?? 0;
  const seconds = perLook * new Set(left.map(({ look }) => look)).size;
  if (seconds <= UNASKED_SECONDS) return null;
  const likeliest = likeliestCount(input);
  return {
    unit: input.unit,
    likeliest: { count: likeliest, seconds: likeliest * perLook },
    all: { count: input.looks.length, seconds },
  };
}

function likeliestCount({ speed, looks }: LooksInput): number {
  const affordable = Math.floor(UNASKED_SECONDS / (speed.seconds ?? 1));
  return Math.max(1, Math.min(MOST_LIKELY, affordable, looks.length));
}

function inOrder(way: Way, ranked: readonly Look[]): Inquiry[] {
  if (way.order === 'in time') return way.inquiries;
  if (way.order === 'backwards') return way.inquiries.toReversed();
  return way.inquiries.toSorted((a, b) => ranked.indexOf(a.look) - ranked.indexOf(b.look));
}
